package io.dcssync.simulator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A time as DCS writes it: mostly ISO, now and then in one of the three other shapes that were seen, all in UTC. */
final class TimeText {

    private static final DateTimeFormatter ISO = shape("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final DateTimeFormatter DIGITS = shape("yyyyMMddHHmm");
    private static final DateTimeFormatter DASHES = shape("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter SLASHES = shape("yyyy/MM/dd HH:mm:ss");

    private TimeText() {}

    static String draw(Instant time, Dice dice) {
        int percent = dice.between(0, 99);
        if (percent < 85) {
            return ISO.format(time);
        }
        return (percent < 90 ? DIGITS : percent < 95 ? DASHES : SLASHES).format(time);
    }

    private static DateTimeFormatter shape(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
