package io.dcssync.source;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What of a page is to be stored.
 *
 * @param tasks the tasks as a JSON array, each id once
 * @param rejected the entries that could not be taken, as a JSON array
 * @param duplicates entries that the pass had received before, or that stand twice in the page
 */
record CheckedPage(String tasks, String rejected, int duplicates) {

    /**
     * Sorts out a page.
     *
     * @param fresh positions of the entries that are received for the first time in the pass
     * @param lookedAt which tasks the name filter lets through; the others count nowhere
     */
    static CheckedPage of(List<CheckedEntry> entries, BitSet fresh, Predicate<CheckedEntry.Task> lookedAt) {
        Map<String, CheckedEntry.Task> tasks = new LinkedHashMap<>();
        ArrayNode rejected = JsonNodeFactory.instance.arrayNode();
        int read = 0;
        for (int i = 0; i < entries.size(); i++) {
            CheckedEntry entry = entries.get(i);
            if (entry instanceof CheckedEntry.Task task && lookedAt.test(task)) {
                read++;
                if (fresh.get(i)) {
                    tasks.merge(task.id(), task, CheckedPage::winner);
                }
            } else if (entry instanceof CheckedEntry.Rejected reject) {
                read++;
                if (fresh.get(i)) {
                    rejected.addObject()
                            .put("fingerprint", reject.fingerprint())
                            .put("reason", reject.reason())
                            .put("raw", reject.raw());
                }
            }
        }
        ArrayNode taken = JsonNodeFactory.instance.arrayNode(tasks.size());
        tasks.values().forEach(task -> taken.add(task.fields()));
        return new CheckedPage(taken.toString(), rejected.toString(), read - tasks.size() - rejected.size());
    }

    /** Of two contents of one task in one page: the same one in every pass, in whatever order they come. */
    private static CheckedEntry.Task winner(CheckedEntry.Task one, CheckedEntry.Task other) {
        return one.fields().toString().compareTo(other.fields().toString()) >= 0 ? one : other;
    }
}
