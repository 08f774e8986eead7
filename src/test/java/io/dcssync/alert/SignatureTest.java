package io.dcssync.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.dcssync.DocumentedAlerts;
import io.dcssync.config.Secret;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {

    private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @ParameterizedTest
    @ValueSource(strings = {KEY, "whsec_" + KEY})
    void it_is_what_the_reference_libraries_of_standard_webhooks_compute(String secret) {
        assertThat(headers(
                        secret,
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        Instant.ofEpochSecond(1614265330),
                        "{\"test\": 2432232314}"))
                .containsOnly(
                        Map.entry("webhook-timestamp", "1614265330"),
                        Map.entry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    }

    @Test
    void the_check_that_the_page_of_alerts_shows_accepts_it_and_nothing_else() throws Exception {
        String secret = "whsec_" + KEY;
        String body = "{\"task_name\":\"订单 café\"}";

        assertThat(documentedCheck(secret, headers(secret, "e-1", Instant.now(), body), body))
                .isEqualTo("True");
        assertThat(documentedCheck(secret, headers(secret, "e-1", Instant.now(), body), body + " "))
                .isEqualTo("False");
        assertThat(documentedCheck(secret, headers(secret, "e-1", Instant.now().minusSeconds(301), body), body))
                .isEqualTo("False");
    }

    private static String documentedCheck(String secret, Map<String, String> headers, String body) throws Exception {
        Map<String, String> all = new HashMap<>(headers);
        all.put("webhook-id", "e-1");
        String given = JsonMapper.builder()
                .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                .build()
                .writeValueAsString(Map.of("secret", secret, "headers", all, "body", body));
        String program = DocumentedAlerts.signatureCheck()
                + "import json, sys\ng = json.loads(sys.argv[1])\n"
                + "print(is_from_dcs_sync(g['secret'], g['headers'], g['body'].encode()))";
        Process python;
        try {
            python = new ProcessBuilder("python3", "-X", "utf8", "-c", program, given)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            return abort("there is no python3 here");
        }
        return new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"task_name\":\"订单 café\"}", ""})
    void the_reference_library_accepts_it(String body) {
        Map<String, String> signed = headers("whsec_" + KEY, "e-1", Instant.now(), body);

        assertThatCode(() -> verify(body, signed)).doesNotThrowAnyException();
        assertThatThrownBy(() -> verify(body + " ", signed)).isInstanceOf(WebhookVerificationException.class);
    }

    private static void verify(String body, Map<String, String> signed) throws WebhookVerificationException {
        Map<String, List<String>> headers = signed.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        headers.put("webhook-id", List.of("e-1"));
        new Webhook(KEY).verify(body, HttpHeaders.of(headers, (name, value) -> true));
    }

    private static Map<String, String> headers(String secret, String id, Instant now, String body) {
        return new Signature(new Secret(secret)).headers(id, now, body.getBytes(StandardCharsets.UTF_8));
    }
}
