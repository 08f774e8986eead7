package io.dcssync.source;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the header {@code Retry-After}: seconds, or a date, which is held against the answer's own. */
final class RetryAfter {

    private static final Pattern LIMIT =
            Pattern.compile("limit:\\s*(\\d{1,7}),\\s*time:\\s*(\\d{1,3}) ?(second|minute|hour)");

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

    /**
     * Reads from the gateway's words how much time it wants between requests: {@code limit:200,time:5 minute} is one every
     * 1.5 seconds.
     */
    static Optional<Duration> spacing(String words) {
        Matcher limit = LIMIT.matcher(words);
        if (!limit.find() || Integer.parseInt(limit.group(1)) == 0) {
            return Optional.empty();
        }
        Duration window = ChronoUnit.valueOf(limit.group(3).toUpperCase(Locale.ROOT) + "S")
                .getDuration()
                .multipliedBy(Long.parseLong(limit.group(2)));
        return Optional.of(window.dividedBy(Integer.parseInt(limit.group(1))));
    }

    private static Instant instant(String date) {
        return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
    }
}
