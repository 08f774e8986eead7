package io.dcssync.listapi;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerCheckTest {

    private static final String PATH = "/v2/p1/migration-tasks";
    private static final String DATE = "20261124T120000Z";

    private final SignatureCheck check = new SignatureCheck("AK", "SK", at("2026-11-24T12:00:00Z"));

    @Test
    void a_call_signed_with_the_right_keys_is_let_in() {
        assertThatCode(() -> check.check(signed("AK", "SK", DATE, "limit=5"))).doesNotThrowAnyException();
    }

    @Test
    void a_wrong_key_is_refused_in_the_same_words_whichever_of_the_two_it_is() {
        String why = "verify aksk signature fail: no known access key, or not signed with its secret key";

        refused(check, signed("AK", "other", DATE, ""), why);
        refused(check, signed("other", "SK", DATE, ""), why);
        refused(check, signed("other", "other", DATE, ""), why);
    }

    @Test
    void what_was_changed_on_the_way_is_refused() {
        ReceivedCall call = signed("AK", "SK", DATE, "limit=5");

        refused(check, new ReceivedCall("GET", PATH, "limit=6", call.headers()), "signature fail");
        refused(check, new ReceivedCall("GET", PATH + "x", "limit=5", call.headers()), "signature fail");
        refused(check, new ReceivedCall("POST", PATH, "limit=5", call.headers()), "signature fail");
        refused(check, new ReceivedCall("GET", PATH, "limit=%zz", call.headers()), "percent-encoded");
    }

    @ParameterizedTest
    @CsvSource({
        "20261124T114459Z, more than 15 minutes",
        "20261124T121501Z, more than 15 minutes",
        "2026-11-24T12:00:00Z, no date",
        "20261324T120000Z, no date",
    })
    void a_clock_that_is_off_is_refused(String date, String why) {
        refused(check, signed("AK", "SK", date, ""), why);
    }

    @Test
    void a_call_without_signature_or_with_too_little_signed_is_refused() {
        refused(check, new ReceivedCall("GET", PATH, "", Map.of()), "Authorization");
        Map<String, String> headers = new HashMap<>(Map.of("x-sdk-date", DATE));
        headers.put(
                "authorization", new RequestSignature("GET", PATH, "", headers, new byte[0]).authorization("AK", "SK"));
        refused(check, new ReceivedCall("GET", PATH, "", headers), "must be signed");
    }

    @Test
    void only_the_right_token_is_let_in() {
        CallerCheck token = TokenCheck.of("T1");

        assertThatCode(() -> token.check(new ReceivedCall("GET", PATH, "", Map.of("x-auth-token", "T1"))))
                .doesNotThrowAnyException();
        refused(token, new ReceivedCall("GET", PATH, "", Map.of("x-auth-token", "T2")), "token");
        refused(token, new ReceivedCall("GET", PATH, "", Map.of()), "token");
    }

    private static ReceivedCall signed(String accessKey, String secretKey, String date, String query) {
        Map<String, String> headers = new HashMap<>(Map.of("host", "127.0.0.1:8080", "x-sdk-date", date));
        headers.put(
                "authorization",
                new RequestSignature("GET", PATH, query, headers, new byte[0]).authorization(accessKey, secretKey));
        return new ReceivedCall("GET", PATH, query, headers);
    }

    private static void refused(CallerCheck check, ReceivedCall call, String why) {
        assertThatThrownBy(() -> check.check(call))
                .isInstanceOf(RefusedRequest.class)
                .hasMessageContaining("401 APIG.0301")
                .hasMessageContaining(why);
    }

    private static Clock at(String time) {
        return Clock.fixed(Instant.parse(time), ZoneOffset.UTC);
    }
}
