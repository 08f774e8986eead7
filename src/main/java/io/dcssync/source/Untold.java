package io.dcssync.source;

import java.time.Duration;
import java.util.Map;

/**
 * What of a pass the ledger has not been told yet. A page in which it holds everything already brings only counts; they
 * wait for the next page that has more to say, for a while at most, or for the end of the pass. Used by one thread.
 */
final class Untold {

    /** So that who watches a pass sees it move, and one that was taken over soon notices. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private int pages;
    private int unchanged;
    private int duplicates;
    private boolean news;
    private long toldAt = System.nanoTime();

    void add(CheckedPage page) {
        pages++;
        unchanged += page.unchanged();
        duplicates += page.duplicates();
        news = !page.tasks().isEmpty() || !page.rejected().isEmpty();
    }

    /** Whether the ledger is to be told before the pass goes on. */
    boolean isDue() {
        return pages > 0 && (news || System.nanoTime() - toldAt > LONGEST.toNanos());
    }

    /** Adds what the ledger has to know, which is told once: were it asked again after a failure, it might count twice. */
    void handTo(Map<String, Object> facts) {
        facts.put("pages", pages);
        facts.put("unchanged", unchanged);
        facts.put("duplicates", duplicates);
        pages = 0;
        unchanged = 0;
        duplicates = 0;
        news = false;
        toldAt = System.nanoTime();
    }
}
