package io.dcssync.crash;

import java.time.Instant;

/**
 * The time that a task really was in one status.
 *
 * @param since no answer showed it before
 * @param shownBy every answer showed it from here on
 * @param until every answer showed it up to here
 * @param goneBy no answer showed it after
 */
record Stay(String status, Instant since, Instant shownBy, Instant until, Instant goneBy) {

    /** Whether an answer may have shown it between these two times. */
    boolean mayBeSeenBetween(Instant from, Instant to) {
        return !since.isAfter(to) && !goneBy.isBefore(from);
    }

    /** Whether every answer between these two times showed it. */
    boolean lasts(Instant from, Instant to) {
        return !shownBy.isAfter(from) && !until.isBefore(to);
    }
}
