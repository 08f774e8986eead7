package io.dcssync.source;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one pass has told the ledger and what it has not, and so what the ledger is known to hold. Used by one thread at a time. */
final class Bookkeeping {

    private final Holdings before;
    private final Holdings kept = new Holdings();
    private final Untold untold;
    private Holdings held = Holdings.NONE;
    private List<TakenPage> handed = List.of();
    private boolean closed;

    /**
     * @param before what the last pass of this process has left of the source
     * @param enough how many tasks need not wait for more, to be told together
     */
    Bookkeeping(Holdings before, int enough) {
        this.before = before;
        this.untold = new Untold(enough);
    }

    /**
     * Takes note which pass was the last: where it is not the one that left what is known, nothing is. Called again where a
     * dead pass had to be ended first, which is the last one then.
     */
    void opened(Opening opening) {
        held = before.isLeftBy(opening.previousRun(), opening.previousEndedAt()) ? before : Holdings.NONE;
        kept.goesOnFrom(held);
    }

    /** What the ledger is known to hold of the source. */
    Holdings held() {
        return held;
    }

    /**
     * Takes a page; one that brings nothing new is known to be held, as soon as those before it are.
     *
     * @param checked what of it is to be stored
     */
    void take(TakenPage page, CheckedPage checked) {
        if (!untold.add(page, checked)) {
            keep(page);
        }
    }

    private void keep(TakenPage page) {
        kept.keep(page.offset(), page.page(), page.ids(), page.held());
    }

    /** Whether the ledger is to be told of the pages since the last time, though there are more to come. */
    boolean isStoreDue() {
        return untold.isDue();
    }

    /** For how long they may wait for the next one. */
    Duration patience() {
        return untold.patience();
    }

    /** Whether those pages bring more than counts. */
    boolean hasNews() {
        return untold.hasNews();
    }

    /** Adds what the ledger has to know to store these pages; done once. */
    void handPagesTo(Map<String, Object> facts) {
        handed = untold.handTo(facts);
    }

    /** Takes note that the ledger holds the pages that were handed to it. */
    void stored() {
        handed.forEach(this::keep);
        handed = List.of();
    }

    /** Adds the counts that the ledger was not told yet. */
    void handCountsTo(Map<String, Object> facts) {
        untold.handCountsTo(facts);
    }

    /** Which tasks are gone since the pass before; empty: it is not known, or that was not whole. */
    Optional<List<String>> lacking(Set<String> seen) {
        return held.lacking(seen, kept);
    }

    /** Takes note how the pass ended. */
    void closedAs(ClosedRun run) {
        closed = true;
        kept.leftBy(run);
    }

    /** What the next pass may build on: what this one leaves or, where it wrote nothing, what it found. */
    Holdings left() {
        return closed ? kept : before;
    }
}
