package io.dcssync.source;

import java.time.Duration;

/** A request was not sent, as its turn would come only when there is no time left for it. */
final class TurnTooLate extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param away how far away its turn is */
    TurnTooLate(Duration away) {
        super("not asked: the endpoint may be asked again in %d s, and sync.max-duration ends the pass before that"
                .formatted(away.toSeconds() + 1));
    }
}
