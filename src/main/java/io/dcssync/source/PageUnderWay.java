package io.dcssync.source;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The page that is asked for while the one before it is stored, until the walk takes it. One thread asks, another one may
 * {@link #await}; the page is taken when both have come to their end.
 */
final class PageUnderWay {

    private final Semaphore ended = new Semaphore(0);
    private String askedAt;
    private Optional<Received> received = Optional.empty();

    /**
     * A page that was received and checked.
     *
     * @param found what became of those of its entries that were to be checked
     */
    record Received(ListedPage page, List<CheckedEntry> found) {}

    /** @param time a time by the clock of the ledger that is over; of several tries the last one counts */
    void asked(String time) {
        askedAt = time;
    }

    /** A time that lies before its answer; null while it was not asked for. */
    String askedAt() {
        return askedAt;
    }

    void receive(ListedPage page, List<CheckedEntry> found) {
        received = Optional.of(new Received(page, found));
    }

    /** Takes note that it came, or that it will not. */
    void end() {
        ended.release();
    }

    /** Waits until it came, or will not; for so long at most. */
    void await(Duration patience) throws InterruptedException {
        boolean unused = ended.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Returns it, and gets ready for the next one; empty where it did not come. */
    Optional<Received> take() {
        Optional<Received> taken = received;
        received = Optional.empty();
        ended.drainPermits();
        return taken;
    }
}
