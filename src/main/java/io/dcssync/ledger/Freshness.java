package io.dcssync.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * How fresh each source is, as it stands in the ledger. An answer holds for a while, so that health checks of many
 * sources, asked often, are one statement now and then. Thread-safe.
 */
public final class Freshness {

    private final Supplier<List<Map<String, Object>>> ask;
    private final Duration holds;
    private Map<String, Map<String, Object>> known;
    private long askedAt;

    /**
     * @param ask gives the rows of the statement list-freshness
     * @param holds how old an answer may be
     */
    public Freshness(Supplier<List<Map<String, Object>>> ask, Duration holds) {
        this.ask = ask;
        this.holds = holds;
    }

    /**
     * Returns the row of a source; empty where it was never read.
     *
     * @throws IllegalStateException if the ledger did not answer, be it the last time
     */
    synchronized Map<String, Object> of(String source) {
        if (askedAt == 0 || System.nanoTime() - askedAt > holds.toNanos()) {
            known = null;
            try {
                known = ask.get().stream().collect(Collectors.toMap(row -> (String) row.get("source"), row -> row));
            } finally {
                askedAt = System.nanoTime();
            }
        }
        if (known == null) {
            throw new IllegalStateException("the ledger did not answer");
        }
        return known.getOrDefault(source, Map.of());
    }
}
