package io.dcssync.source;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the ledger is known to hold of one source since the last pass of this process: the bytes of the entries that its
 * tasks were stored from. An entry with the same bytes need not be looked at again, as long as no other pass has written
 * to the source since; {@link #isLeftBy} tells. Filled by one pass, asked by the next; not thread-safe.
 */
final class Holdings {

    /** So that what somebody has changed in the ledger by hand is not left so for ever. */
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Nothing is known. */
    static final Holdings NONE = new Holdings();

    /** All, in the order received; a pass that steps back asks for some places again. */
    private final List<HeldPage> pages = new ArrayList<>();

    private final Map<Integer, HeldPage> byOffset = new HashMap<>();
    private long[] sorted;
    private long since = System.nanoTime();
    private ClosedRun leftBy;

    boolean isEmpty() {
        return pages.isEmpty();
    }

    /** Whether a task was stored from an entry of this fingerprint. */
    boolean has(long fingerprint) {
        if (sorted == null) {
            sorted = pages.stream()
                    .flatMapToLong(HeldPage::heldFingerprints)
                    .sorted()
                    .toArray();
        }
        return Arrays.binarySearch(sorted, fingerprint) >= 0;
    }

    /** Returns the page that was there, where its bytes are the same and the ledger holds all that stands in it. */
    Optional<ListedPage> samePage(int offset, long fingerprint) {
        return Optional.ofNullable(byOffset.get(offset))
                .filter(page -> page.isWhole() && page.fingerprint() == fingerprint)
                .map(HeldPage::listed);
    }

    /**
     * Takes note of a page that is stored.
     *
     * @param stored whether what was stored is the content of the entry at this place
     */
    void keep(int offset, ListedPage page, List<String> ids, BitSet stored) {
        Optional<HeldPage> before = pages.isEmpty() ? Optional.empty() : Optional.of(pages.get(pages.size() - 1));
        HeldPage kept = new HeldPage(page, ids, stored, before);
        pages.add(kept);
        byOffset.put(offset, kept);
    }

    /** Takes note that the pass took these for true, so that what it keeps is as old; nothing has no age. */
    void goesOnFrom(Holdings before) {
        since = before.isEmpty() ? System.nanoTime() : before.since;
    }

    /** Takes note of how the pass ended. */
    void leftBy(ClosedRun run) {
        leftBy = run;
    }

    /** Whether this is what that pass has left, so that nothing was written to the source since; once a day it is not. */
    boolean isLeftBy(Long run, Instant finishedAt) {
        return leftBy != null
                && leftBy.run().equals(run)
                && leftBy.finishedAt().equals(finishedAt)
                && System.nanoTime() - since < LONGEST.toNanos();
    }

    /**
     * Ids that the last pass has seen and this one has not; empty where the last pass was not whole.
     *
     * @param seen what this one has seen
     * @param now what it keeps; pages that came once more need not be gone through
     */
    Optional<List<String>> lacking(Set<String> seen, Holdings now) {
        if (leftBy == null || !leftBy.isWhole()) {
            return Optional.empty();
        }
        Set<Long> again = now.pages.stream()
                .map(HeldPage::fingerprint)
                .filter(known -> known != 0) // its bytes are not known
                .collect(Collectors.toSet());
        return Optional.of(pages.stream()
                .filter(page -> !again.contains(page.fingerprint()))
                .flatMap(HeldPage::ids)
                .filter(id -> !seen.contains(id))
                .toList());
    }
}
