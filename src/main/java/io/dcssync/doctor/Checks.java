package io.dcssync.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes checks side by side, each until its deadline and no longer. Thread-safe. */
public final class Checks implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Checks.class);

    // one that hangs must not keep the program from ending
    private final ExecutorService workers = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "check");
        thread.setDaemon(true);
        return thread;
    });

    /** Begins a check; what it finds comes with the result, in order. What it found before its deadline is kept. */
    public CompletableFuture<List<Finding>> begin(Check check, Duration deadline) {
        return CompletableFuture.supplyAsync(() -> make(check, deadline), workers);
    }

    private List<Finding> make(Check check, Duration deadline) {
        Told told = new Told();
        Future<?> work = workers.submit(() -> {
            check.make(told::add);
            return null;
        });
        try {
            work.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            work.cancel(true);
            told.add(Finding.fail("did not come to an end within %d s".formatted(deadline.toSeconds())));
        } catch (ExecutionException e) {
            // in the words of its class, as an unforeseen text may hold anything
            log.debug("a check broke off: {}", trace(e.getCause()));
            told.add(Finding.fail("could not be checked: %s; --verbose says more"
                    .formatted(e.getCause().getClass().getSimpleName())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return told.close();
    }

    private static String trace(Throwable thrown) {
        StringBuilder trace = new StringBuilder();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            trace.append(cause.getClass().getName()).append('\n');
            for (StackTraceElement frame : cause.getStackTrace()) {
                trace.append("\tat ").append(frame).append('\n');
            }
        }
        return trace.toString();
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    /** The findings of one check, which may go on telling when nobody listens any more. */
    private static final class Told {

        private final List<Finding> findings = new ArrayList<>();

        synchronized void add(Finding finding) {
            findings.add(finding);
        }

        synchronized List<Finding> close() {
            return List.copyOf(findings);
        }
    }
}
