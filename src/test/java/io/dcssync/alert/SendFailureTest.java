package io.dcssync.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import io.dcssync.config.ChannelSettings;
import io.dcssync.config.GivenSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendFailureTest {

    private static final String URI = "https://hooks.example.com/services/T0ABCDEFG/B0ABCDEFG?token=hunter2hunter2";
    private static final ChannelSettings CHANNEL = GivenSettings.channel(URI);

    static Stream<Exception> failures() {
        return Stream.of(
                new UnknownHostException("hooks.example.com/services/T0ABCDEFG"),
                new ConnectException("Connect to " + URI + " failed"),
                new SocketTimeoutException(URI),
                new SSLHandshakeException(URI),
                new IOException(URI),
                new IllegalStateException("cannot send to " + URI),
                new CamelExecutionException("while sending to " + URI, null, new IOException(URI)),
                refused(503, "no route for POST /services/T0ABCDEFG/B0ABCDEFG?token=hunter2hunter2"),
                refused(404, null));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void no_failure_shows_the_uri_of_its_channel_or_a_part_of_it(Exception failure) {
        assertThat(of(failure).message())
                .isNotBlank()
                .doesNotContain("hooks.example.com")
                .doesNotContain("T0ABCDEFG")
                .doesNotContain("B0ABCDEFG")
                .doesNotContain("hunter2");
    }

    @Test
    void a_refusal_is_told_with_its_status_and_the_receivers_words() {
        assertThat(of(refused(503, "try\r\n later\u0000\u009b"))).isEqualTo(answered("HTTP 503: try later"));
        assertThat(of(refused(503, "a\u202eb\u2028c\u200b\u061cd\ufeff"))).isEqualTo(answered("HTTP 503: a b c d"));
        assertThat(of(refused(500, ""))).isEqualTo(answered("HTTP 500"));
        assertThat(of(refused(500, null))).isEqualTo(answered("HTTP 500"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 409, 410, 413, 422, 451})
    void what_the_receiver_will_never_take_is_refused_for_good(int status) {
        assertThat(of(refused(status, "no"))).isEqualTo(refusedForGood("HTTP " + status + ": no"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 501, 502, 503, 504})
    void what_may_be_taken_later_is_not_refused_for_good(int status) {
        assertThat(of(refused(status, "no"))).isEqualTo(answered("HTTP " + status + ": no"));
    }

    @Test
    void who_refuses_and_asks_for_a_pause_is_asked_again() {
        SendFailure failure =
                of(new HttpOperationFailedException(URI, 403, "", null, Map.of("Retry-After", "60"), "slow down"));
        assertThat(failure)
                .isEqualTo(
                        new SendFailure("HTTP 403: slow down", false, true, false, Optional.of(Duration.ofMinutes(1))));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_redirect_is_a_wrong_address(int status) {
        assertThat(of(new HttpOperationFailedException(URI, status, "", URI, Map.of("Retry-After", "60"), "moved")))
                .isEqualTo(refusedForGood("HTTP %d: answered with a redirect, which is not followed; check alert.%s.uri"
                        .formatted(status, CHANNEL.name())));
    }

    @Test
    void an_echoed_login_or_token_is_hidden_decoded_or_not() {
        ChannelSettings channel = GivenSettings.channel("https://joe:s3cr@hooks.example.com/in?token=a%2Fb%20long%21");

        assertThat(SendFailure.of(refused(401, "joe s3cr a/b long! a%2Fb%20long%21"), channel)
                        .message())
                .isEqualTo("HTTP 401: ****** ****** ****** ******");
    }

    @Test
    void an_echoed_password_is_hidden_whole_where_the_uri_has_it_raw() {
        ChannelSettings channel = GivenSettings.channel("https://hooks.example.com/in?password=RAW(a&b=c#d)&x=y");

        assertThat(SendFailure.of(refused(401, "wrong: a&b=c#d"), channel).message())
                .isEqualTo("HTTP 401: wrong: ******");
    }

    @Test
    void an_echoed_routing_key_is_hidden() {
        ChannelSettings pager = GivenSettings.channel(
                "https://events.pagerduty.com/v2/enqueue",
                "alert.ops.format = pagerduty",
                "alert.ops.secret = R0ut1ngKey");

        assertThat(SendFailure.of(refused(400, "no such routing_key: R0ut1ngKey"), pager))
                .isEqualTo(refusedForGood("HTTP 400: no such routing_key: ******"));
    }

    @Test
    void an_event_that_cannot_be_written_says_nothing_of_the_receiver() {
        assertThat(of(new RuntimeException(new JsonParseException(null, URI))))
                .isEqualTo(answered("the event could not be written"));
    }

    @Test
    void the_receivers_words_are_bounded() {
        assertThat(of(refused(500, "x".repeat(100_000))).message()).hasSizeLessThan(1100);
    }

    @Test
    void a_character_is_not_cut_in_two() {
        assertThat(of(refused(500, "x".repeat(999) + "\uD83D\uDE00")).message())
                .doesNotContain("\uD83D")
                .endsWith("x");
    }

    @Test
    void a_receiver_that_does_not_answer_is_out_of_reach() {
        assertThat(of(new ConnectException("x"))).isEqualTo(outOfReach("no connection to the receiver"));
        assertThat(of(new SocketTimeoutException("x"))).isEqualTo(outOfReach("no answer from the receiver in time"));
        assertThat(of(new IllegalStateException("x"))).isEqualTo(outOfReach("not sent: IllegalStateException"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Retry-After", "Retry-after", "retry-after"})
    void a_receiver_may_say_how_long_it_wants_to_be_left_alone(String header) {
        assertThat(asking(header, "120").retryAfter()).contains(Duration.ofMinutes(2));
        assertThat(asking(header, "120").message()).isEqualTo("HTTP 503");
        assertThat(asking(header, "120").answered()).isTrue();
    }

    @Test
    void it_is_left_alone_for_a_day_at_most_and_not_at_all_for_no_time() {
        assertThat(asking("Retry-After", "86401").retryAfter()).contains(Duration.ofDays(1));
        assertThat(asking("Retry-After", "Sun, 24 Nov 2126 12:00:00 GMT").retryAfter())
                .contains(Duration.ofDays(1));
        assertThat(asking("Retry-After", "0").retryAfter()).isEmpty();
        assertThat(of(new HttpOperationFailedException(URI, 503, "", null, null, ""))
                        .retryAfter())
                .isEmpty();
    }

    private static SendFailure asking(String header, String value) {
        return of(new HttpOperationFailedException(URI, 503, "", null, Map.of(header, value), ""));
    }

    private static SendFailure answered(String message) {
        return new SendFailure(message, false, true, false, Optional.empty());
    }

    private static SendFailure refusedForGood(String message) {
        return new SendFailure(message, false, true, true, Optional.empty());
    }

    private static SendFailure outOfReach(String message) {
        return new SendFailure(message, false, false, false, Optional.empty());
    }

    private static SendFailure of(Exception failure) {
        return SendFailure.of(failure, CHANNEL);
    }

    private static HttpOperationFailedException refused(int status, String body) {
        return new HttpOperationFailedException(URI, status, "Refused", null, Map.of(), body);
    }
}
