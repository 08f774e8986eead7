package io.dcssync.source;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Optional;

/**
 * Understands the times of the list, which come in several shapes: {@code 2021-06-16T06:12:55.508Z}, {@code 2019/10/22
 * 14:44:30}, {@code 2023-05-15 09:11:25} and {@code 202404011057} (yyyyMMddHHmm). Without a zone they are UTC.
 */
final class UnderstoodTime {

    private static final List<DateTimeFormatter> SHAPES = List.of(
            shape("uuuu-MM-dd'T'HH:mm", true),
            shape("uuuu-MM-dd HH:mm", true),
            shape("uuuu/MM/dd HH:mm", true),
            shape("uuuuMMddHHmm", false));

    private UnderstoodTime() {}

    /** Returns the time, or empty where the text is none; a date that does not exist is none, and is not rolled over. */
    static Optional<OffsetDateTime> of(String text) {
        return SHAPES.stream()
                .map(shape -> parse(shape, text.strip()))
                .flatMap(Optional::stream)
                // as exactly as the ledger knows it, rounded as it rounds
                .map(time -> time.plusNanos(500).truncatedTo(ChronoUnit.MICROS))
                .filter(time -> time.getYear() >= 1 && time.getYear() <= 9999)
                .findFirst();
    }

    private static Optional<OffsetDateTime> parse(DateTimeFormatter shape, String text) {
        try {
            TemporalAccessor time = shape.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    time instanceof OffsetDateTime zoned
                            ? zoned.withOffsetSameInstant(ZoneOffset.UTC)
                            : ((LocalDateTime) time).atOffset(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty(); // another shape, or no time
        }
    }

    private static DateTimeFormatter shape(String minutes, boolean finer) {
        DateTimeFormatterBuilder shape = new DateTimeFormatterBuilder().appendPattern(minutes);
        if (finer) {
            shape.appendPattern("[:ss]")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .appendPattern("[XXX][XX][X]");
        }
        return shape.toFormatter().withResolverStyle(ResolverStyle.STRICT);
    }
}
