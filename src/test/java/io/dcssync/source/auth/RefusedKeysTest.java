package io.dcssync.source.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dcssync.config.Auth.AccessKeys;
import io.dcssync.config.Secret;
import io.dcssync.outbound.ErrorAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusedKeysTest {

    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final RefusedKeys refused = new RefusedKeys(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    });

    @Test
    void keys_whose_signature_was_refused_are_not_shown_again_within_a_minute() {
        refused.add(keys("a"), said("APIGW.0301", "verify aksk signature fail"));
        now = now.plusSeconds(59);

        assertThatThrownBy(() -> refused.refuse(keys("a"), "check the keys"))
                .isInstanceOf(CredentialsUnavailable.class)
                .hasMessage("not asked: the endpoint refused a signature by these keys 59 s ago, and refused signatures"
                        + " in a row lock them; they are not shown again within 60 s of that – check the keys");
        areShown(keys("b"));
        now = now.plusSeconds(1);
        areShown(keys("a"));
    }

    @Test
    void a_clock_that_was_set_right_since_lets_them_be_shown_at_once() {
        refused.add(keys("a"), said("APIG.0301", "signature expired"));
        now = now.minus(Duration.ofHours(1));

        areShown(keys("a"));
    }

    @Test
    void a_refusal_that_is_not_of_the_signature_is_not_held_against_the_keys() {
        refused.add(keys("a"), said("DCS.1001", "Token invalid."));
        refused.add(keys("a"), said("APIGW.0301", "Incorrect IAM authentication information: x-project-id unknown"));

        areShown(keys("a"));
    }

    private void areShown(AccessKeys keys) {
        assertThatCode(() -> refused.refuse(keys, "")).doesNotThrowAnyException();
    }

    private static AccessKeys keys(String name) {
        return new AccessKeys(new Secret(name), new Secret("secret"), Optional.empty());
    }

    private static ErrorAnswer said(String code, String message) {
        String body = "{\"error_code\":\"%s\",\"error_msg\":\"%s\"}".formatted(code, message);
        return ErrorAnswer.of(body.getBytes(UTF_8), "");
    }
}
