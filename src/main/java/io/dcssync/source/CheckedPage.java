package io.dcssync.source;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What of a page is to be stored. Filled once; not thread-safe. */
final class CheckedPage {

    private final List<String> tasks = new ArrayList<>();
    private final ArrayNode rejected = JsonNodeFactory.instance.arrayNode();
    private final BitSet held = new BitSet();
    private int unchanged;
    private int duplicates;

    /** Where a task stands in the page, and among those taken. */
    private record Spot(int place, int index) {}

    private CheckedPage() {}

    /**
     * Sorts out a page.
     *
     * @param fresh positions of the entries that are received for the first time in the pass
     * @param lookedAt which tasks the name filter lets through; the others count nowhere
     */
    static CheckedPage of(List<CheckedEntry> entries, BitSet fresh, Predicate<CheckedEntry.Task> lookedAt) {
        CheckedPage page = new CheckedPage();
        Map<String, Spot> spots = new HashMap<>();
        for (int place = 0; place < entries.size(); place++) {
            CheckedEntry entry = entries.get(place);
            if (entry instanceof CheckedEntry.Task task && !lookedAt.test(task)) {
                continue;
            }
            if (!fresh.get(place)) {
                page.duplicates++;
            } else if (entry instanceof CheckedEntry.Task task) {
                page.take(task, place, spots);
            } else if (entry instanceof CheckedEntry.Rejected reject) {
                page.reject(reject);
            } else {
                page.unchanged++;
                page.held.set(place);
            }
        }
        return page;
    }

    private void take(CheckedEntry.Task task, int place, Map<String, Spot> spots) {
        Spot other = spots.putIfAbsent(task.id(), new Spot(place, tasks.size()));
        if (other == null) {
            tasks.add(task.json());
            held.set(place);
            return;
        }
        // of two contents of one task in one page, the same one in every pass, in whatever order they come
        duplicates++;
        held.clear(other.place());
        if (task.json().compareTo(tasks.get(other.index())) > 0) {
            tasks.set(other.index(), task.json());
        }
    }

    private void reject(CheckedEntry.Rejected reject) {
        rejected.addObject()
                .put("fingerprint", reject.fingerprint())
                .put("reason", reject.reason())
                .put("raw", reject.raw());
    }

    /** The tasks that the ledger may not hold just so, each id once, as JSON. */
    List<String> tasks() {
        return tasks;
    }

    /** The entries that could not be taken. */
    ArrayNode rejected() {
        return rejected;
    }

    /** How many tasks the ledger is known to hold just so. */
    int unchanged() {
        return unchanged;
    }

    /** How many entries the pass had received before, or stand twice in the page. */
    int duplicates() {
        return duplicates;
    }

    /** Where the entries stand whose content is what the ledger holds, once the page is stored. */
    BitSet held() {
        return held;
    }
}
