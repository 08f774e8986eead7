package io.dcssync.outbound;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the header {@code Retry-After} of an answer: seconds, or a date. A date is held against the answer's own, so that
 * clocks need not agree, and against the clock here only where the answer has none.
 */
public final class RetryAfter {

    private RetryAfter() {}

    /**
     * Returns how long to wait, or nothing where the answer says nothing of use.
     *
     * @param headers of the answer; the case of their names does not matter
     * @param now when it came
     */
    public static Optional<Duration> in(Map<String, ?> headers, Instant now) {
        String asked = header(headers, "Retry-After");
        if (asked.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(asked)));
        }
        return date(asked)
                .map(until -> Duration.between(date(header(headers, "Date")).orElse(now), until))
                .filter(wait -> !wait.isNegative());
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException e) {
            return Optional.empty(); // not said, or no date
        }
    }

    private static String header(Map<String, ?> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> String.valueOf(header.getValue()).strip())
                .findFirst()
                .orElse("");
    }
}
