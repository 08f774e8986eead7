package io.dcssync.ledger;

import io.dcssync.config.RetentionSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One walk over the ledger that forgets what is too old, a batch after the other. Not thread-safe. */
public final class Pruning {

    private static final int BATCH = 1_000;

    /** What is walked over, in this order. */
    private enum Part {
        HISTORY,
        RUNS,
        NOTHING
    }

    private final Map<String, Object> facts = new HashMap<>();
    private Part part;
    private long transitions;
    private long versions;
    private long runs;

    Pruning(RetentionSettings keep) {
        part = keep.transitions().isPresent() || keep.versions().isPresent() ? Part.HISTORY : Part.RUNS;
        facts.put("transitionsSeconds", seconds(keep.transitions()));
        facts.put("versionsSeconds", seconds(keep.versions()));
        facts.put("runsSeconds", seconds(Optional.of(keep.runs())));
        facts.put("batch", BATCH);
        facts.put("afterSource", "");
        facts.put("afterTask", "");
        facts.put("afterRun", 0L);
    }

    public boolean isOpen() {
        return part != Part.NOTHING;
    }

    /** Returns the name of the statement for the next batch. */
    public String statement() {
        return part == Part.HISTORY ? "prune-history" : "prune-runs";
    }

    /** Returns the parameters for the next batch. */
    public Map<String, Object> facts() {
        return facts;
    }

    /** Takes note of a batch; null: there was none any more. */
    void pruned(Map<String, Object> row) {
        if (row == null) {
            part = part == Part.HISTORY ? Part.RUNS : Part.NOTHING;
        } else if (part == Part.HISTORY) {
            facts.put("afterSource", row.get("after_source"));
            facts.put("afterTask", row.get("after_task"));
            transitions += (Long) row.get("transitions");
            versions += (Long) row.get("versions");
        } else {
            facts.put("afterRun", row.get("after_run"));
            runs += (Long) row.get("runs");
        }
    }

    /** Ends it before its end. */
    void end() {
        part = Part.NOTHING;
    }

    /** Says what was forgotten; empty: nothing. */
    Optional<String> summary() {
        return transitions + versions + runs == 0
                ? Optional.empty()
                : Optional.of(
                        "forgotten, as they are older than retention.* says: transitions %d, versions %d, passes %d"
                                .formatted(transitions, versions, runs));
    }

    /** Null: for ever. */
    private static Double seconds(Optional<Duration> kept) {
        return kept.map(duration -> duration.toMillis() / 1000.0).orElse(null);
    }
}
