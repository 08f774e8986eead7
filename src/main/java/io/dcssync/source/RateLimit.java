package io.dcssync.source;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Spaces requests evenly, whoever sends them: in no second there are more than the rate. A limiter that counts by fixed
 * seconds would let twice as many pass around their turn. Thread-safe.
 */
final class RateLimit {

    private static final Duration SLOW_FOR = Duration.ofHours(1);

    private final LongSupplier nanoTime;
    private final long configured;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition stop = lock.newCondition();
    private long spacing;
    private long next;
    private long slowUntil;
    private boolean stopped;

    RateLimit(int requestsPerSecond) {
        this(requestsPerSecond, System::nanoTime);
    }

    /** @param nanoTime what time it is, as {@link System#nanoTime()} */
    RateLimit(int requestsPerSecond, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        configured = Math.max(1, Duration.ofSeconds(1).toNanos() / requestsPerSecond);
        spacing = configured;
        next = nanoTime.getAsLong();
    }

    /**
     * Waits for the next turn, and takes it; returns at once after {@link #stop()}.
     *
     * @return zero, or how far away the next turn is where that is longer than the caller can wait: it took none then
     */
    Duration await(Duration longest) {
        long deadline = nanoTime.getAsLong() + longest.toNanos();
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            while (!stopped && next - now > 0) {
                if (next - deadline > 0) {
                    return Duration.ofNanos(next - now);
                }
                long unused = stop.awaitNanos(next - now);
                now = nanoTime.getAsLong();
            }
            next = now + spacing;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return Duration.ZERO;
    }

    /**
     * Leaves at least this much time between requests from now on, until an hour has gone by without a call of this
     * method or a {@link #hold(Duration)}.
     *
     * @return whether that is slower than before
     */
    boolean slowTo(Duration least) {
        lock.lock();
        try {
            boolean slower = least.toNanos() > spacing;
            spacing = Math.max(spacing, least.toNanos());
            slowUntil = nanoTime.getAsLong() + SLOW_FOR.toNanos();
            return slower;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Goes back to the configured rate, where the hour of a slower one is over.
     *
     * @return whether it was slower until now
     */
    boolean recover() {
        lock.lock();
        try {
            boolean over = spacing > configured && nanoTime.getAsLong() - slowUntil >= 0;
            if (over) {
                spacing = configured;
            }
            return over;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives nobody a turn for this long, those who wait already included.
     *
     * @return how much longer that is than they would have waited
     */
    Duration hold(Duration time) {
        lock.lock();
        try {
            long until = nanoTime.getAsLong() + time.toNanos();
            slowUntil = until + SLOW_FOR.toNanos();
            long longer = Math.max(0, until - next);
            next += longer;
            return Duration.ofNanos(longer);
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waiting. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            stop.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
