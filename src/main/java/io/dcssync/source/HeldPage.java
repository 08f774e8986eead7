package io.dcssync.source;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ArrayList;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A page that was stored, reduced to what its entries are known by: few bytes each, as there is one for every task.
 *
 * @param all ids of its entries in their order; null: it has none
 * @param fingerprints those of its entries, in the same order
 * @param held at which places the ledger holds just this content
 */
record HeldPage(
        long fingerprint, Optional<Long> count, String[] all, long[] fingerprints, BitSet held) {

    static final HeldPage NONE = new HeldPage(0, Optional.empty(), new String[0], new long[0], new BitSet());

    /** @param before the page before it, whose last entries stand here once more where pages overlap */
    static HeldPage of(ListedPage page, List<String> ids, BitSet stored, HeldPage before) {
        long[] fingerprints =
                page.entries().stream().mapToLong(ListedEntry::fingerprint).toArray();
        BitSet held = (BitSet) stored.clone();
        for (int i = 0; i < fingerprints.length; i++) {
            if (!held.get(i) && fingerprints[i] != 0 && before.holds(fingerprints[i])) {
                held.set(i);
            }
        }
        return new HeldPage(page.fingerprint(), page.count(), ids.toArray(new String[0]), fingerprints, held);
    }

    private boolean holds(long fingerprint) {
        return heldFingerprints().anyMatch(known -> known == fingerprint);
    }

    LongStream heldFingerprints() {
        return held.stream().mapToLong(i -> fingerprints[i]);
    }

    Stream<String> ids() {
        return Arrays.stream(all).filter(Objects::nonNull);
    }

    /** Whether the ledger holds all that stands in it. */
    boolean isWhole() {
        return held.cardinality() == all.length;
    }

    ListedPage listed() {
        List<ListedEntry> entries = new ArrayList<>(all.length);
        for (int i = 0; i < all.length; i++) {
            entries.add(new ListedEntry.Held(all[i], fingerprints[i]));
        }
        return new ListedPage(entries, count, fingerprint);
    }
}
