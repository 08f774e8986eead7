package io.dcssync.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final String DATE = "Tue, 24 Nov 2026 12:00:00 GMT";

    @Test
    void seconds_are_seconds() {
        assertThat(after("120", "")).contains(Duration.ofMinutes(2));
        assertThat(after("0", DATE)).contains(Duration.ZERO);
    }

    @Test
    void a_date_is_held_against_the_date_of_the_answer() {
        assertThat(after("Tue, 24 Nov 2026 12:05:00 GMT", DATE)).contains(Duration.ofMinutes(5));
        assertThat(after(DATE, DATE)).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "1.5", "soon", "99999999999", "Tue, 24 Nov 2026 11:59:59 GMT", "2026-11-24T12:00:00Z"})
    void what_says_nothing_of_use_is_left_aside(String retryAfter) {
        assertThat(after(retryAfter, DATE)).isEmpty();
    }

    @Test
    void a_date_without_a_date_of_the_answer_is_held_against_the_clock_here() {
        assertThat(RetryAfter.in(Map.of("Retry-After", DATE), Instant.parse("2026-11-24T11:59:30Z")))
                .contains(Duration.ofSeconds(30));
        assertThat(RetryAfter.in(Map.of("Retry-After", DATE, "Date", "today"), Instant.parse("2026-11-24T11:59:30Z")))
                .contains(Duration.ofSeconds(30));
    }

    @Test
    void the_case_of_header_names_does_not_matter() {
        assertThat(RetryAfter.in(Map.of("retry-after", "7"), Instant.now())).contains(Duration.ofSeconds(7));
        assertThat(RetryAfter.in(Map.of("Retry-after", " 7 "), Instant.now())).contains(Duration.ofSeconds(7));
    }

    @Test
    void an_answer_without_the_header_says_nothing() {
        assertThat(RetryAfter.in(Map.of("Date", DATE), Instant.now())).isEmpty();
    }

    /** What is said by an answer of this date that came when the clock here was years off. */
    private static Optional<Duration> after(String retryAfter, String date) {
        return RetryAfter.in(Map.of("Retry-After", retryAfter, "Date", date), Instant.EPOCH);
    }
}
