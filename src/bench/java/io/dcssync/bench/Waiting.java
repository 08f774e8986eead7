package io.dcssync.bench;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another process does. */
final class Waiting {

    private static final Duration LONGEST = Duration.ofHours(1);

    private Waiting() {}

    static void until(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("waited for " + LONGEST.toMinutes() + " minutes");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}
