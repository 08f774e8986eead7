package io.dcssync.cli;

import io.dcssync.report.Spans;
import io.dcssync.source.Progress;
import java.time.Duration;
import java.util.Locale;

/** How far some work is, in words. */
final class HowFar {

    private HowFar() {}

    static String of(Progress pass) {
        if (pass.tasks() == 0) {
            return pass.source() + ": waiting for the first page";
        }
        return pass.source() + ": " + of(pass.tasks(), pass.count().orElse(0L), pass.took());
    }

    /**
     * How much is done, how fast it goes, and how long the rest takes at that pace.
     *
     * @param count how many there are, which need not be exact; where it is less than what is done, it is no count
     */
    static String of(long done, long count, Duration took) {
        long each = done * 1000 / Math.max(1, took.toMillis());
        String pace = each == 0 ? "tasks" : String.format(Locale.ROOT, "tasks, %,d/s", each);
        if (count < done) {
            return String.format(Locale.ROOT, "%,d %s", done, pace);
        }
        String text = String.format(Locale.ROOT, "%,d of about %,d %s", done, count, pace);
        return count == done || each == 0
                ? text
                : text + ", " + Spans.of(Duration.ofSeconds((count - done + each - 1) / each)) + " left";
    }
}
