package io.dcssync.ledger;

import io.dcssync.config.RetentionSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One walk over the ledger that forgets what is too old, a batch after the other. Not thread-safe. */
public final class Pruning {

    private static final int BATCH = 1_000;

    /** What is asked for, in this order: whether it may, then batches. */
    private enum Part {
        RIGHT("may-prune"),
        HISTORY("prune-history"),
        RUNS("prune-runs"),
        NOTHING("");

        private final String statement;

        Part(String statement) {
            this.statement = statement;
        }
    }

    private final Map<String, Object> facts = new HashMap<>();
    private final Part first;
    private Part part = Part.RIGHT;
    private long transitions;
    private long versions;
    private long runs;

    Pruning(RetentionSettings keep) {
        first = keep.transitions().isPresent() || keep.versions().isPresent() ? Part.HISTORY : Part.RUNS;
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

    /** Returns the name of the next statement. */
    public String statement() {
        return part.statement;
    }

    /** Returns its parameters. */
    public Map<String, Object> facts() {
        return facts;
    }

    /** Takes the answer: whether it may, or what a batch was; null: there is none any more. */
    void answered(Object answer) {
        switch (part) {
            case RIGHT -> part = Boolean.TRUE.equals(answer) ? first : Part.NOTHING;
            case HISTORY -> forgotHistory((Map<?, ?>) answer);
            case RUNS -> forgotRuns((Map<?, ?>) answer);
            case NOTHING -> throw new IllegalStateException("nothing was asked (bug)");
        }
    }

    private void forgotHistory(Map<?, ?> row) {
        if (row == null) {
            part = Part.RUNS;
            return;
        }
        facts.put("afterSource", row.get("after_source"));
        facts.put("afterTask", row.get("after_task"));
        transitions += (Long) row.get("transitions");
        versions += (Long) row.get("versions");
    }

    private void forgotRuns(Map<?, ?> row) {
        if (row == null) {
            part = Part.NOTHING;
            return;
        }
        facts.put("afterRun", row.get("after_run"));
        runs += (Long) row.get("runs");
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
