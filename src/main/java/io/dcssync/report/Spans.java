package io.dcssync.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** Lengths of time for people, in their two largest units. */
public final class Spans {

    private Spans() {}

    /** Returns a number of seconds in words; {@code -} where there is none. */
    public static String of(JsonNode seconds) {
        return seconds == null || seconds.isNull() ? "-" : of(Duration.ofSeconds(seconds.asLong()));
    }

    /** Returns a length of time in words. */
    public static String of(Duration span) {
        if (span.toDays() > 0) {
            return span.toDays() + " d " + span.toHoursPart() + " h";
        }
        if (span.toHours() > 0) {
            return span.toHours() + " h " + span.toMinutesPart() + " min";
        }
        return span.toMinutes() > 0 ? span.toMinutes() + " min" : span.toSeconds() + " s";
    }
}
