package io.dcssync.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one pass has told the ledger and what it has not, and so what the ledger is known to hold. Used by one thread. */
final class Bookkeeping {

    private final Holdings before;
    private final Holdings kept = new Holdings();
    private final Untold untold = new Untold();
    private Holdings held = Holdings.NONE;
    private Optional<Accepted> toStore = Optional.empty();
    private Optional<Accepted> handed = Optional.empty();
    private boolean closed;

    /** A page on its way into the ledger. */
    private record Accepted(int offset, ListedPage page, List<String> ids, CheckedPage checked) {}

    /** @param before what the last pass of this process has left of the source */
    Bookkeeping(Holdings before) {
        this.before = before;
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

    /** Takes a page; its counts wait for the next one that is stored, where it brings nothing new. */
    void take(int offset, ListedPage page, List<String> ids, CheckedPage checked) {
        untold.add(checked);
        Accepted accepted = new Accepted(offset, page, ids, checked);
        if (untold.isDue()) {
            toStore = Optional.of(accepted);
        } else {
            keep(accepted);
        }
    }

    private void keep(Accepted page) {
        kept.keep(page.offset(), page.page(), page.ids(), page.checked().held());
    }

    /** Whether the ledger has to be told of the page that was taken last. */
    boolean isStoreDue() {
        return toStore.isPresent();
    }

    /** Adds what the ledger has to know to store the page, and those before it that it was not told of; done once. */
    void handPageTo(Map<String, Object> facts) {
        handed = toStore;
        toStore = Optional.empty();
        CheckedPage page = handed.orElseThrow().checked();
        facts.put("tasks", page.tasks().toString());
        facts.put("rejected", page.rejected().toString());
        untold.handTo(facts);
    }

    /** Takes note that the ledger holds the page that was handed to it. */
    void stored() {
        handed.ifPresent(this::keep);
        handed = Optional.empty();
    }

    /** Adds the counts that the ledger was not told yet. */
    void handCountsTo(Map<String, Object> facts) {
        untold.handTo(facts);
    }

    /** Which tasks are gone since the pass before; empty: it is not known, or that was not whole. */
    Optional<List<String>> lacking(Set<String> seen) {
        return held.lacking(seen);
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
