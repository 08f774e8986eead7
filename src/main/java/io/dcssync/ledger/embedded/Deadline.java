package io.dcssync.ledger.embedded;

import java.time.Duration;

/** The moment at which patience ends, on the clock that nobody can set back. */
record Deadline(long nanoTime) {

    private static final Duration BETWEEN_TWO_LOOKS = Duration.ofMillis(20);

    static Deadline in(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos());
    }

    boolean hasPassed() {
        return nanoTime - System.nanoTime() <= 0;
    }

    /** Returns what is left, at least one second: the smallest wait that PostgreSQL's programs can be told. */
    Duration left() {
        Duration left = Duration.ofNanos(nanoTime - System.nanoTime());
        return left.compareTo(Duration.ofSeconds(1)) > 0 ? left : Duration.ofSeconds(1);
    }

    /** Sleeps a moment before the next look at what is waited for. */
    static void pause() {
        try {
            Thread.sleep(BETWEEN_TWO_LOOKS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedDatabaseException("Interrupted while waiting for the embedded PostgreSQL", e);
        }
    }
}
