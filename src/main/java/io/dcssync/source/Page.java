package io.dcssync.source;

import io.dcssync.source.Chain.Link;
import java.util.List;

/**
 * An answer at its place in the list.
 *
 * @param all the task of each row, {@code null} for a rejected one
 * @param tasks each once, in the order of their first places
 * @param offset the place of the first row
 * @param furthest the place after the furthest row that was received before
 */
record Page(List<Link> all, List<Link> tasks, int offset, int furthest) {

    static final Page NONE = new Page(List.of(), List.of(), 0, 0);

    boolean isEmpty() {
        return all.isEmpty();
    }

    int rows() {
        return all.size();
    }

    int end() {
        return offset + all.size();
    }

    /** Whether the page reaches further than all before it. */
    boolean isBeyond() {
        return end() > furthest;
    }

    /** Whether the row is rejected and, as far as a row without identity can be told, was not received before. */
    boolean isNewlyRejected(int row) {
        return all.get(row) == null && offset + row >= furthest;
    }

    boolean bringsRejected() {
        return all.subList(Math.min(rows(), Math.max(0, furthest - offset)), rows())
                .contains(null);
    }

    /**
     * Whether this page has the same last id as the other, and as many rejected rows behind it: where a list grows, they
     * are met again at another place.
     */
    boolean endsAs(Page other) {
        return lastId() >= 0 && other.lastId() >= 0 && lastRows().equals(other.lastRows());
    }

    private List<Link> lastRows() {
        return all.subList(lastId(), rows());
    }

    /** The index of the last row with an id; -1: there is none. */
    int lastId() {
        int row = rows() - 1;
        while (row >= 0 && all.get(row) == null) {
            row--;
        }
        return row;
    }

    /**
     * How many of the rows the next page should ask for again: as wished, or more if one with an id is to be among
     * them. Not all, so that the walk moves on; only a short page, which hides nothing behind it, may be asked for anew.
     */
    int repeated(int wished, boolean isShort) {
        int most = Math.min(wished, rows() - 1);
        boolean reachesId = lastId() > 0 || (lastId() == 0 && isShort);
        return wished > 0 && reachesId ? Math.max(most, rows() - lastId()) : most;
    }
}
