package io.dcssync.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final String DATE = "Tue, 24 Nov 2026 12:00:00 GMT";

    @Test
    void seconds_are_seconds() {
        assertThat(RetryAfter.of("120", "")).contains(Duration.ofMinutes(2));
        assertThat(RetryAfter.of("0", DATE)).contains(Duration.ZERO);
    }

    @Test
    void a_date_is_held_against_the_date_of_the_answer() {
        assertThat(RetryAfter.of("Tue, 24 Nov 2026 12:05:00 GMT", DATE)).contains(Duration.ofMinutes(5));
        assertThat(RetryAfter.of(DATE, DATE)).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "1.5", "soon", "99999999999", "Tue, 24 Nov 2026 11:59:59 GMT", "2026-11-24T12:00:00Z"})
    void what_says_nothing_of_use_is_left_aside(String retryAfter) {
        assertThat(RetryAfter.of(retryAfter, DATE)).isEmpty();
    }

    @Test
    void a_date_alone_cannot_be_held_against_anything() {
        assertThat(RetryAfter.of(DATE, "")).isEmpty();
    }

    @Test
    void the_gateways_limit_is_a_time_between_requests() {
        assertThat(RetryAfter.spacing("policy user over ratelimit,limit:200,time:5 minute"))
                .contains(Duration.ofMillis(1500));
        assertThat(RetryAfter.spacing("limit:10,time:1 second")).contains(Duration.ofMillis(100));
        assertThat(RetryAfter.spacing("limit:0,time:1 second")).isEmpty();
        assertThat(RetryAfter.spacing("over ratelimit")).isEmpty();
    }
}
