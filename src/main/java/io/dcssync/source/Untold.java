package io.dcssync.source;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What of a pass the ledger has not been told yet. What pages bring waits until there is as much as a page can hold, for a
 * while at most, or for the end of the pass: where little changes, a statement for each page would be most of the work. Used
 * by one thread at a time.
 */
final class Untold {

    /** So that who watches a pass sees it move, and one that was taken over soon notices. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** So that what waits takes no more memory than a few pages. */
    private static final int MOST_PAGES = 10;

    private final int enough;
    private List<String> tasks = new ArrayList<>();
    private ArrayNode rejected = JsonNodeFactory.instance.arrayNode();
    private List<TakenPage> waiting = new ArrayList<>();
    private int pages;
    private int unchanged;
    private int duplicates;
    private long toldAt = System.nanoTime();

    /** @param enough how many tasks and rejected entries do not wait for more */
    Untold(int enough) {
        this.enough = enough;
    }

    /** Adds a page; returns whether it has to wait, as it or one before it brings news. */
    boolean add(TakenPage page, CheckedPage checked) {
        pages++;
        unchanged += checked.unchanged();
        duplicates += checked.duplicates();
        tasks.addAll(checked.tasks());
        rejected.addAll(checked.rejected());
        if (hasNews()) {
            waiting.add(page);
        }
        return hasNews();
    }

    /** Whether there is more to tell than counts. */
    boolean hasNews() {
        return news() > 0;
    }

    private int news() {
        return tasks.size() + rejected.size();
    }

    /** Whether the ledger is to be told, though the pass goes on. */
    boolean isDue() {
        return news() >= enough
                || waiting.size() >= MOST_PAGES
                || (pages > 0 && patience().isNegative());
    }

    /** How long it may still wait. */
    Duration patience() {
        return LONGEST.minusNanos(System.nanoTime() - toldAt);
    }

    /** Adds what the ledger has to know, and returns the pages that it holds when it has stored that. */
    List<TakenPage> handTo(Map<String, Object> facts) {
        facts.put("tasks", tasks.stream().collect(Collectors.joining(",", "[", "]")));
        facts.put("rejected", rejected.toString());
        // the oldest is before all of them
        facts.put("requestedAt", waiting.isEmpty() ? null : waiting.get(0).askedAt());
        tasks = new ArrayList<>();
        rejected = JsonNodeFactory.instance.arrayNode();
        handCountsTo(facts);
        List<TakenPage> handed = waiting;
        waiting = new ArrayList<>();
        return handed;
    }

    /** Adds the counts, which are told once: were the ledger told again after a failure, it might count twice. */
    void handCountsTo(Map<String, Object> facts) {
        facts.put("pages", pages);
        facts.put("unchanged", unchanged);
        facts.put("duplicates", duplicates);
        pages = 0;
        unchanged = 0;
        duplicates = 0;
        toldAt = System.nanoTime();
    }
}
