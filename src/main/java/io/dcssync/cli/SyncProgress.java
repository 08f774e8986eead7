package io.dcssync.cli;

import io.dcssync.source.Progress;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows on a terminal how far passes are, a line for each, gone when they have ended. */
final class SyncProgress {

    /** The launcher sets it where standard error is a terminal; Java cannot tell one stream from another. */
    private static final String TERMINAL = "dcs-sync.terminal";

    private static final int MOST_LINES = 10;
    private static final Duration BEAT = Duration.ofMillis(250);

    private final Supplier<List<Progress>> passes;

    SyncProgress(Supplier<List<Progress>> passes) {
        this.passes = passes;
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
            Future<?> unused = painter.scheduleWithFixedDelay(
                    () -> lines.show(texts()), BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
            return work.get();
        } finally {
            painter.shutdownNow();
            System.setErr(terminal);
            lines.close();
        }
    }

    private List<String> texts() {
        return passes.get().stream().limit(MOST_LINES).map(SyncProgress::text).toList();
    }

    static String text(Progress pass) {
        if (pass.tasks() == 0) {
            return pass.source() + ": waiting for the first page";
        }
        // an endpoint may count its pages only
        String of = pass.count()
                .filter(count -> count >= pass.tasks())
                .map(count -> String.format(Locale.ROOT, " of about %,d", count))
                .orElse("");
        long each = pass.tasks() * 1000L / Math.max(1, pass.took().toMillis());
        return String.format(Locale.ROOT, "%s: %,d%s tasks, %,d/s", pass.source(), pass.tasks(), of, each);
    }
}
