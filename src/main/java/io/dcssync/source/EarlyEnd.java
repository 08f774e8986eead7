package io.dcssync.source;

import java.time.Duration;
import java.util.Optional;

/** What ends a pass before its list does: a failure, a stop, another one that takes it over, its time. Thread-safe. */
final class EarlyEnd {

    private final Duration longest;
    private final long deadline;
    private volatile Optional<Reason> failure = Optional.empty();
    private volatile boolean stopped;
    private volatile boolean lost;

    /** @param longest how long the pass may take from now on */
    EarlyEnd(Duration longest) {
        this.longest = longest;
        this.deadline = System.nanoTime() + longest.toNanos();
    }

    /** Whether nothing more is to be asked for. */
    boolean isReached() {
        return failure.isPresent() || stopped || lost;
    }

    /** Of several reasons the first one counts. */
    synchronized void failFor(Reason reason) {
        failure = failure.or(() -> Optional.of(reason));
    }

    Optional<Reason> failure() {
        return failure;
    }

    void failIfOverdue() {
        if (isOverdue()) {
            failFor(new Reason(
                    "max-duration",
                    "the pass took longer than sync.max-duration (%d s)".formatted(longest.toSeconds()),
                    false));
        }
    }

    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    void lose() {
        lost = true;
    }

    boolean isLost() {
        return lost;
    }

    boolean isOverdue() {
        return isOverdueIn(Duration.ZERO);
    }

    boolean isOverdueIn(Duration time) {
        return timeLeft().compareTo(time) < 0;
    }

    Duration timeLeft() {
        return Duration.ofNanos(deadline - System.nanoTime());
    }

    /** How long the pass has taken so far. */
    Duration taken() {
        return longest.minus(timeLeft());
    }
}
