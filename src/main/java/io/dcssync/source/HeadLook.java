package io.dcssync.source;

import java.util.OptionalInt;

/**
 * The look back at the head of a list that was read to its end, where fewer entries were received than it counts: tasks
 * that were created meanwhile stand there, behind the walk, and so may one that moved. It reads from the start until a
 * page brings no new id. Where more than the first page brought some, the list may have moved between them, and it looks
 * again, a few times at most.
 *
 * <p>What it reads is chained as all the rest, so that a change of order shows. Not thread-safe.
 */
final class HeadLook {

    /** Each look after the first meets only what was created during the one before. */
    private static final int MOST = 3;

    private final Chain chain;
    private final int pageOverlap;
    private int looks;
    private boolean grownBeyondPage;

    HeadLook(Chain chain, int pageOverlap) {
        this.chain = chain;
        this.pageOverlap = pageOverlap;
    }

    boolean isUnderWay() {
        return looks > 0;
    }

    /** Returns the offset to ask for first. */
    int begin() {
        looks++;
        grownBeyondPage = false;
        return 0;
    }

    /**
     * Takes the answer to a request of the look.
     *
     * @return the offset to ask for next; empty: another page would tell no more
     */
    OptionalInt accept(Page page) {
        boolean fromStart = page.offset() == 0;
        boolean joined = fromStart || Chain.held(page.tasks()) > 0;
        if (joined && chain.link(page.tasks(), fromStart)) {
            grownBeyondPage |= !fromStart;
            return OptionalInt.of(page.end() - page.repeated(pageOverlap, false));
        }
        boolean enough = joined && !grownBeyondPage;
        return enough || looks == MOST ? OptionalInt.empty() : OptionalInt.of(begin());
    }
}
