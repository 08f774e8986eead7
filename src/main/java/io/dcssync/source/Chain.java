package io.dcssync.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ids met in a pass, and which of them are chained: known to have no unseen task before them.
 *
 * <p>Let the surviving tasks keep their order. The rows of one page follow one another without a gap; so if one of them
 * is chained, no survivor is unseen up to the last of them, and all of them may be chained. The same holds for a page
 * that begins at the start of the list. Ids of other pages are met, but prove nothing.
 *
 * <p>Each chained id has a rank that never falls along the list. The ids at the growing end take even ranks of their
 * own; ids that turn up between others share the odd rank between them. So a rank that falls within a page shows that
 * the order changed, and a list that is only inserted into and deleted from never looks as if it had.
 *
 * <p>Not thread-safe.
 */
final class Chain {

    private static final int UNCHAINED = Integer.MIN_VALUE;
    private static final int BEFORE_ALL = 1;

    /** A task that was met. */
    static final class Link {

        private final int firstPage;
        private int lastPage;
        private int rank = UNCHAINED;

        private Link(int page) {
            firstPage = page;
        }

        /** Whether there is known to be no unseen task before it. */
        boolean isChained() {
            return rank != UNCHAINED;
        }
    }

    private final Map<String, Link> links = new HashMap<>();
    private int pages;
    private int lastRank;
    private boolean reordered;

    /**
     * Meets the tasks of a page.
     *
     * @param ids one a row, null for a row without one
     * @param offset the place of the first row
     * @param furthest the place after the furthest row that was received before
     */
    Page meet(List<String> ids, int offset, int furthest) {
        pages++;
        List<Link> rows = new ArrayList<>(ids.size());
        List<Link> once = new ArrayList<>(ids.size());
        for (String id : ids) {
            Link task = id == null ? null : links.computeIfAbsent(id, unused -> new Link(pages));
            rows.add(task);
            if (task != null && task.lastPage < pages) {
                task.lastPage = pages;
                once.add(task);
            }
        }
        return new Page(rows, once, offset, furthest);
    }

    /** Whether no page had the task before the one that was met last. */
    boolean isNew(Link link) {
        return link.firstPage == pages;
    }

    /** All ids met, chained or not; unmodifiable. */
    Set<String> met() {
        return Collections.unmodifiableSet(links.keySet());
    }

    /** How many of these are chained. */
    static int held(List<Link> tasks) {
        return (int) tasks.stream().filter(Link::isChained).count();
    }

    /** Whether chained tasks were seen in another order than before. */
    boolean reordered() {
        return reordered;
    }

    /**
     * Chains the tasks of a page, in the order of its rows.
     *
     * @return whether one of them was not chained before
     */
    boolean link(List<Link> tasks, boolean fromStart) {
        boolean grown = false;
        int rank = rankBefore(tasks, fromStart);
        for (Link task : tasks) {
            if (task.isChained()) {
                reordered |= task.rank < rank;
                rank = task.rank;
            } else {
                rank = rankAfter(rank);
                task.rank = rank;
                grown = true;
            }
        }
        return grown;
    }

    private int rankBefore(List<Link> tasks, boolean fromStart) {
        int unheld = fromStart && lastRank > 0 ? BEFORE_ALL : lastRank;
        return tasks.stream()
                .filter(Link::isChained)
                .findFirst()
                .map(first -> (first.rank - 1) | 1)
                .orElse(unheld);
    }

    private int rankAfter(int rank) {
        if (rank == lastRank) {
            lastRank += 2;
            return lastRank;
        }
        return rank | 1;
    }
}
