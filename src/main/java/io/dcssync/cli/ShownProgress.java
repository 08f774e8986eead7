package io.dcssync.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows on a terminal how far the work is, on lines at its bottom that are gone when it has ended. */
final class ShownProgress {

    /** The launcher sets it where standard error is a terminal; Java cannot tell one stream from another. */
    private static final String TERMINAL = "dcs-sync.terminal";

    private static final int MOST_LINES = 10;
    private static final Duration BEAT = Duration.ofMillis(250);

    private final Supplier<List<String>> howFar;

    ShownProgress(Supplier<List<String>> howFar) {
        this.howFar = howFar;
    }

    /** Whether there is somebody to look at it. */
    static boolean isWanted(Logging.Format logFormat) {
        return logFormat == Logging.Format.TEXT && Boolean.getBoolean(TERMINAL);
    }

    /** Does the work, and shows how far it is on standard error meanwhile, between the lines of the log. */
    <T> T during(Supplier<T> work) {
        PrintStream terminal = System.err;
        TerminalLines lines = new TerminalLines(terminal);
        ScheduledExecutorService painter = Executors.newSingleThreadScheduledExecutor();
        System.setErr(new PrintStream(lines, true, StandardCharsets.UTF_8));
        try {
            show(lines);
            Future<?> unused = painter.scheduleWithFixedDelay(
                    () -> show(lines), BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
            return work.get();
        } finally {
            painter.shutdownNow();
            System.setErr(terminal);
            lines.close();
        }
    }

    private void show(TerminalLines lines) {
        lines.show(howFar.get().stream().limit(MOST_LINES).toList());
    }
}
