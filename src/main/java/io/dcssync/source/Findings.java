package io.dcssync.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What went wrong in a pass, in the words of the person who has to look into it.
 *
 * <p>Not thread-safe.
 */
final class Findings {

    private final Received received;
    private final List<String> doubts = new ArrayList<>();
    private Optional<Verdict> failure = Optional.empty();

    Findings(Received received) {
        this.received = received;
    }

    void emptyDespiteCount(long count) {
        doubts.add("the endpoint named a count of " + count + " and listed nothing at offset 0");
    }

    void unjoined(int offset) {
        doubts.add("the answer at offset " + offset + " could not be joined to the one before, which had no second row"
                + " with an id (does the server give one row a page, or only entries that cannot be taken?)");
    }

    void repairsUsedUp(int repairs, int offset) {
        doubts.add("the list shrank while it was read, and " + repairs + " steps back did not find its end (last at"
                + " offset " + offset + ", " + received.entries() + " entries received)");
    }

    void offsetIgnored(Page page) {
        fail(
                "offset-ignored",
                "offset " + page.offset() + " brought " + page.rows() + " rows and none of them new, like the request"
                        + " before it (" + received.entries() + " entries received): the endpoint does not honour"
                        + " offset, so that only its first page can be read (have it, or the proxy before it, put"
                        + " right), or the list grows by pages between two requests (raise page-size)");
    }

    void tooManyPages(int pages, int offset) {
        fail(
                "too-many-pages",
                pages + " pages brought " + received.entries() + " entries and the list has not ended (next offset "
                        + offset + "): raise page-size, or look at what the endpoint answers");
    }

    private void fail(String code, String message) {
        failure = Optional.of(new Verdict.Failed(code, message));
    }

    /** The verdict on a pass that has ended; all reasons for doubt are in it. */
    Verdict verdict(boolean reordered, boolean repaired) {
        List<String> reasons = new ArrayList<>(doubts);
        if (reordered) {
            reasons.add("tasks changed places while the list was read, so that some may have been passed over");
        }
        received.shortfall().ifPresent(reasons::add);
        Verdict whole = repaired ? new Verdict.Repaired() : new Verdict.Complete();
        return failure.orElseGet(() -> reasons.isEmpty() ? whole : new Verdict.Suspect(String.join("; ", reasons)));
    }
}
