package io.dcssync.cli;

import io.dcssync.config.DurationText;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Supplier;

/** A time in the past as people write it: {@code 7d} ago, {@code 2026-11-21} (UTC), {@code 2026-11-21T08:00:00Z}. */
final class Since {

    static final String ALLOWED =
            "how long ago (24h, 7d), a date (2026-11-21, in UTC) or a time (2026-11-21T08:00:00Z)";

    private Since() {}

    /** Returns the time; empty where the text is none. */
    static Optional<Instant> parse(String text, Clock clock) {
        return DurationText.parse(text)
                .map(ago -> clock.instant().minus(ago))
                .or(() -> tried(
                        () -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()))
                .or(() -> tried(() -> OffsetDateTime.parse(text).toInstant()));
    }

    private static Optional<Instant> tried(Supplier<Instant> form) {
        try {
            return Optional.of(form.get());
        } catch (DateTimeParseException otherForm) {
            return Optional.empty();
        }
    }
}
