package io.dcssync.source;

import java.util.BitSet;
import java.util.Optional;

/**
 * The tally of a pass: what was received, against what the endpoint says there is.
 *
 * <p>Not thread-safe.
 */
final class Received {

    private final Chain chain;
    private int entries;
    private int furthest;
    private Optional<Long> smallestCount = Optional.empty();

    Received(Chain chain) {
        this.chain = chain;
    }

    /** The place after the furthest row received. */
    int furthest() {
        return furthest;
    }

    Optional<Long> smallestCount() {
        return smallestCount;
    }

    /** Rows that were not received before. An id that stands twice in a page is two of them, as it is to the endpoint. */
    int entries() {
        return entries;
    }

    /** Adds a page and returns the indexes of the rows that no page before it had. */
    BitSet add(Page page, Optional<Long> count) {
        BitSet first = new BitSet(page.rows());
        for (int row = 0; row < page.rows(); row++) {
            Chain.Link task = page.all().get(row);
            first.set(row, task == null ? page.isNewlyRejected(row) : chain.isNew(task));
        }
        entries += first.cardinality();
        furthest = Math.max(furthest, page.end());
        count.ifPresent(n -> smallestCount = Optional.of(Math.min(n, smallestCount.orElse(n))));
        return first;
    }

    boolean fallsShort() {
        return shortfall().isPresent();
    }

    /** Says so if the endpoint never named a count as small as what was received. */
    Optional<String> shortfall() {
        return smallestCount
                .filter(count -> count > entries())
                .map(count -> "the endpoint counts " + count + " tasks and " + entries() + " were received");
    }
}
