package io.dcssync.source;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Spaces requests evenly, whoever sends them: in no second there are more than the rate. A limiter that counts by fixed
 * seconds would let twice as many pass around their turn. Thread-safe.
 */
final class RateLimit {

    private final CountDownLatch stopped = new CountDownLatch(1);
    private long spacing;
    private long next = System.nanoTime();

    RateLimit(int requestsPerSecond) {
        spacing = Math.max(1, Duration.ofSeconds(1).toNanos() / requestsPerSecond);
    }

    /** Waits for the next turn; returns at once after {@link #stop()}. */
    void await() {
        try {
            boolean unused = stopped.await(turn(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized long turn() {
        long now = System.nanoTime();
        long turn = next - now < 0 ? now : next;
        next = turn + spacing;
        return turn - now;
    }

    /**
     * Leaves at least this much time between requests from now on.
     *
     * @return whether that is slower than before
     */
    synchronized boolean slowTo(Duration least) {
        boolean slower = least.toNanos() > spacing;
        spacing = Math.max(spacing, least.toNanos());
        return slower;
    }

    /** Ends all waiting. */
    void stop() {
        stopped.countDown();
    }
}
