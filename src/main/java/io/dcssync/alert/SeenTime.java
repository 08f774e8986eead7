package io.dcssync.alert;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times of an event as people read them: UTC, to the second. */
final class SeenTime {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private SeenTime() {}

    /** A point in time; what is none is left as it is. */
    static String at(String time) {
        try {
            return SECONDS.format(Instant.parse(time));
        } catch (DateTimeException e) {
            return time;
        }
    }

    /** When a change happened: somewhere between these two, or just where it was seen if {@code after} is empty. */
    static String span(String after, String at) {
        if (after.isEmpty()) {
            return "at " + at(at);
        }
        String from = at(after);
        String to = at(at);
        int date = to.indexOf(' ') + 1;
        return "between %s and %s".formatted(from, from.startsWith(to.substring(0, date)) ? to.substring(date) : to);
    }
}
