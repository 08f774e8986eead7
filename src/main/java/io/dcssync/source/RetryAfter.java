package io.dcssync.source;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads the header {@code Retry-After}: seconds, or a date, which is held against the answer's own. */
final class RetryAfter {

    private RetryAfter() {}

    /**
     * Returns how long to wait, or nothing where that is not said.
     *
     * @param date the answer's header {@code Date}, so that clocks need not agree; empty: none
     */
    static Optional<Duration> of(String retryAfter, String date) {
        if (retryAfter.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)));
        }
        try {
            Duration wait = Duration.between(instant(date), instant(retryAfter));
            return Optional.of(wait).filter(time -> !time.isNegative());
        } catch (DateTimeException e) {
            return Optional.empty(); // not said, or no date
        }
    }

    private static Instant instant(String date) {
        return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    }
}
