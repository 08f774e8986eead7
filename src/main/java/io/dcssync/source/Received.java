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
    private int rejected;
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

    /** Distinct ids, and rejected rows. */
    int entries() {
        return chain.met().size() + rejected;
    }

    /** Adds a page and returns the indexes of the rows that no page before it had. */
    BitSet add(Page page, Optional<Long> count) {
        BitSet first = new BitSet(page.rows());
        for (int row = 0; row < page.rows(); row++) {
            String id = page.all().get(row);
            if (id == null) {
                boolean isNew = page.isNewlyRejected(row);
                rejected += isNew ? 1 : 0;
                first.set(row, isNew);
            } else {
                first.set(row, !chain.hasMet(id));
            }
        }
        chain.meet(page.ids());
        furthest = Math.max(furthest, page.end());
        count.ifPresent(n -> smallestCount = Optional.of(Math.min(n, smallestCount.orElse(n))));
        return first;
    }

    /** Says so if the endpoint never named a count as small as what was received. */
    Optional<String> shortfall() {
        return smallestCount
                .filter(count -> count > entries())
                .map(count -> "the endpoint counts " + count + " tasks and " + entries() + " were received");
    }
}
