package io.dcssync.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.dcssync.config.Secret;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
