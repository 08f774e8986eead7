package io.dcssync.source;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** What a pass came to, as it stands in the ledger: the row of its run. */
public record ClosedRun(Map<String, Object> row) {

    /** Whether the pass was shown to be whole. */
    public boolean isWhole() {
        return "complete".equals(row.get("outcome")) || "repaired".equals(row.get("outcome"));
    }

    /** Number of the pass. */
    Long run() {
        return (Long) row.get("run_id");
    }

    /** When the pass ended, by database time. */
    Instant finishedAt() {
        return ((Timestamp) row.get("finished_at")).toInstant();
    }

    /** When the pass began, by database time. */
    public Instant startedAt() {
        return ((Timestamp) row.get("started_at")).toInstant();
    }

    /** The verdict, the time it took, and the counts, in words. */
    public String counts() {
        Duration took = Duration.between(startedAt(), finishedAt());
        return String.format(
                Locale.ROOT,
                "%s in %.1f s; read %s, new %s, changed %s, unchanged %s, duplicates %s, rejected %s, missing %s, transitions %s",
                row.get("outcome"),
                took.toMillis() / 1000.0,
                row.get("tasks_read"),
                row.get("inserted"),
                row.get("changed"),
                row.get("unchanged"),
                row.get("duplicates"),
                row.get("rejected"),
                row.get("missing"),
                row.get("transitions"));
    }

    /** What went wrong, led by a semicolon; empty when nothing did. */
    public String problem() {
        return row.get("error_code") == null
                ? ""
                : "; %s: %s".formatted(row.get("error_code"), row.get("error_message"));
    }
}
