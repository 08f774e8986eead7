package io.dcssync.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 30s}, {@code 1m30s}, {@code 24h}, {@code 7d}. A unit is never guessed. */
public final class DurationText {

    private static final Pattern PARTS = Pattern.compile(
            "(?:(?<d>\\d{1,6})d)?(?:(?<h>\\d{1,9})h)?(?:(?<m>\\d{1,9})m)?(?:(?<s>\\d{1,9})s)?(?:(?<ms>\\d{1,12})ms)?");

    private DurationText() {}

    /** Returns the duration; empty where the text is none. */
    public static Optional<Duration> parse(String text) {
        Matcher parts = PARTS.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(number(parts.group("d")))
                .plusHours(number(parts.group("h")))
                .plusMinutes(number(parts.group("m")))
                .plusSeconds(number(parts.group("s")))
                .plusMillis(number(parts.group("ms"))));
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
