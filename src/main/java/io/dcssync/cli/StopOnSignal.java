package io.dcssync.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * While it is open, a signal that ends the process stops the work first and waits until it has come to its end. The exit
 * code stays that of the signal: 143 for SIGTERM, 130 for SIGINT.
 */
final class StopOnSignal implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final AtomicReference<Runnable> stop = new AtomicReference<>(() -> {});
    private static volatile boolean ending;
    private volatile boolean received;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "stop-on-signal");

    StopOnSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Says how the work is stopped, which is done at once if the signal has come already; it may be done twice. */
    void by(Runnable action) {
        stop.set(action);
        if (received) {
            action.run();
        }
    }

    /** Whether the signal has come. */
    boolean received() {
        return received;
    }

    /** Whether the process is ending because of a signal; what fails from then on fails because of that. */
    static boolean isEnding() {
        return ending;
    }

    /**
     * Goes on to the next part of a start, unless there is none to be.
     *
     * @throws CommandException if the process is ending because of a signal
     */
    static void check() {
        if (ending) {
            throw new CommandException(ExitCode.FAILED, "stopped");
        }
    }

    private void stopAndWait() {
        received = true;
        ending = true;
        try {
            stop.get().run();
            boolean unused = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says that the work has come to its end. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process is ending, and with it the hook
        }
    }
}
