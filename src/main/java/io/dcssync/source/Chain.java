package io.dcssync.source;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
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

    private final Map<String, Integer> ranks = new HashMap<>();
    private int lastRank;
    private boolean reordered;

    boolean hasMet(String id) {
        return ranks.containsKey(id);
    }

    void meet(Collection<String> ids) {
        ids.forEach(id -> ranks.putIfAbsent(id, UNCHAINED));
    }

    /** All ids met, chained or not; unmodifiable. */
    Set<String> met() {
        return Collections.unmodifiableSet(ranks.keySet());
    }

    boolean holds(String id) {
        return ranks.getOrDefault(id, UNCHAINED) != UNCHAINED;
    }

    /** How many of these ids are chained. */
    int held(Set<String> ids) {
        return (int) ids.stream().filter(this::holds).count();
    }

    /** Whether chained ids were seen in another order than before. */
    boolean reordered() {
        return reordered;
    }

    /**
     * Chains the ids of a page, in the order of its rows.
     *
     * @return whether one of them was not chained before
     */
    boolean link(Set<String> ids, boolean fromStart) {
        boolean grown = false;
        int rank = rankBefore(ids, fromStart);
        for (String id : ids) {
            if (holds(id)) {
                reordered |= ranks.get(id) < rank;
                rank = ranks.get(id);
            } else {
                rank = rankAfter(rank);
                ranks.put(id, rank);
                grown = true;
            }
        }
        return grown;
    }

    private int rankBefore(Set<String> ids, boolean fromStart) {
        int unheld = fromStart && lastRank > 0 ? BEFORE_ALL : lastRank;
        return ids.stream()
                .filter(this::holds)
                .findFirst()
                .map(id -> (ranks.get(id) - 1) | 1)
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
