package io.dcssync.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A page that was stored, reduced to what its entries are known by: few bytes each, as there is one for every task. */
final class HeldPage {

    private final long fingerprint;
    private final Optional<Long> count;
    /** In the order of the entries; null for one that has none. */
    private final String[] ids;

    private final long[] fingerprints;
    /** Where the ledger holds just this content. */
    private final BitSet held;

    /**
     * @param stored where the content was stored with this page, or was held before
     * @param before the page before it, whose last entries stand here once more where pages overlap
     */
    HeldPage(ListedPage page, List<String> ids, BitSet stored, Optional<HeldPage> before) {
        this.fingerprint = page.fingerprint();
        this.count = page.count();
        this.ids = ids.toArray(new String[0]);
        this.fingerprints =
                page.entries().stream().mapToLong(ListedEntry::fingerprint).toArray();
        this.held = (BitSet) stored.clone();
        for (int i = held.nextClearBit(0); i < fingerprints.length; i = held.nextClearBit(i + 1)) {
            long again = fingerprints[i];
            // 0: its bytes are not known
            held.set(i, again != 0 && before.filter(last -> last.holds(again)).isPresent());
        }
    }

    private boolean holds(long known) {
        return heldFingerprints().anyMatch(each -> each == known);
    }

    long fingerprint() {
        return fingerprint;
    }

    LongStream heldFingerprints() {
        return held.stream().mapToLong(i -> fingerprints[i]);
    }

    Stream<String> ids() {
        return Arrays.stream(ids).filter(Objects::nonNull);
    }

    /** Whether the ledger holds all that stands in it. */
    boolean isWhole() {
        return held.cardinality() == ids.length;
    }

    /** The page, as it would be read once more. */
    ListedPage listed() {
        List<ListedEntry> entries = new ArrayList<>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            entries.add(new ListedEntry.Held(ids[i], fingerprints[i]));
        }
        return new ListedPage(entries, count, fingerprint);
    }
}
