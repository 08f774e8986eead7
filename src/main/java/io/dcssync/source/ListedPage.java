package io.dcssync.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A page as it was answered, its entries not yet checked.
 *
 * @param entries what stands in the list, whatever it is, in the order received
 * @param count what the endpoint says of the number of tasks, which may be the total or the size of the page
 * @param fingerprint by which its bytes are known again
 */
public record ListedPage(List<ListedEntry> entries, Optional<Long> count, long fingerprint) {

    private static final int PART = 100;

    /** A page of which nothing is known. */
    public static ListedPage of(List<JsonNode> entries, Optional<Long> count) {
        return new ListedPage(
                entries.stream()
                        .map(entry -> (ListedEntry) new ListedEntry.Told(entry, 0))
                        .toList(),
                count,
                0);
    }

    /**
     * The entries that are to be checked, in parts that a route can split a page into without being busy with the splitting
     * most of the time; what the ledger holds just so is not among them.
     */
    public List<List<JsonNode>> toCheck() {
        List<JsonNode> told = new ArrayList<>();
        for (ListedEntry entry : entries) {
            if (entry instanceof ListedEntry.Told unknown) {
                told.add(unknown.json());
            }
        }
        List<List<JsonNode>> parts = new ArrayList<>();
        for (int from = 0; from < told.size(); from += PART) {
            parts.add(told.subList(from, Math.min(told.size(), from + PART)));
        }
        return parts;
    }

    /** The page without the contents of its entries: what it is known again by. */
    public ListedPage withoutContents() {
        return new ListedPage(
                entries.stream()
                        .map(entry -> entry instanceof ListedEntry.Told told
                                ? new ListedEntry.Told(MissingNode.getInstance(), told.fingerprint())
                                : entry)
                        .toList(),
                count,
                fingerprint);
    }

    /** All entries, those that had to be checked as it was found. */
    List<CheckedEntry> checkedAs(List<CheckedEntry> found) {
        Iterator<CheckedEntry> checked = found.iterator();
        List<CheckedEntry> all = new ArrayList<>(entries.size());
        for (ListedEntry entry : entries) {
            all.add(entry instanceof ListedEntry.Held held ? new CheckedEntry.Held(held.id()) : checked.next());
        }
        return all;
    }
}
