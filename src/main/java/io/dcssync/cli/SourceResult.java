package io.dcssync.cli;

import io.dcssync.source.Pass;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a pass over a source came to.
 *
 * @param run the row of its run; empty: none was closed by us
 * @param problem why there is no such row; empty: there is one
 */
record SourceResult(String source, Map<String, Object> run, Optional<String> problem) {

    private static final Logger log = LoggerFactory.getLogger(SourceResult.class);

    /** Makes the pass; what keeps it from being recorded is part of the result. */
    static SourceResult of(String source, Callable<Pass> sync) {
        try {
            Pass pass = sync.call();
            Optional<String> problem = pass.closed().isEmpty()
                    ? Optional.of(pass.failure().orElse("abandoned: another process has taken the pass over"))
                    : Optional.empty();
            return new SourceResult(source, pass.closed(), problem);
        } catch (Exception e) {
            log.debug("{}: the pass broke off", source, e);
            return new SourceResult(source, Map.of(), Optional.of("the pass broke off: " + e.getMessage()));
        }
    }

    /** Whether the pass was shown to be whole. */
    boolean isWhole() {
        return "complete".equals(run.get("outcome")) || "repaired".equals(run.get("outcome"));
    }

    /** Returns the line that tells the user. */
    String line(Job job) {
        if (problem.isPresent()) {
            return "%s: failed; %s".formatted(source, problem.get());
        }
        return "%s: %s in %.1f s; read %s, new %s, changed %s, unchanged %s, duplicates %s, rejected %s, missing %s, transitions %s; %s%s"
                .formatted(
                        source,
                        run.get("outcome"),
                        seconds(),
                        run.get("tasks_read"),
                        run.get("inserted"),
                        run.get("changed"),
                        run.get("unchanged"),
                        run.get("duplicates"),
                        run.get("rejected"),
                        run.get("missing"),
                        run.get("transitions"),
                        alerts(job),
                        error());
    }

    private double seconds() {
        return Duration.between(
                                time("started_at").toInstant(),
                                time("finished_at").toInstant())
                        .toMillis()
                / 1000.0;
    }

    private String alerts(Job job) {
        Map<String, Object> counts = job.ask(
                "count-alerts",
                Map.of("source", source, "since", time("started_at").toInstant().toString()));
        return "alerts sent %s, pending %s, dead %s"
                .formatted(counts.get("sent"), counts.get("pending"), counts.get("dead"));
    }

    private String error() {
        return run.get("error_code") == null
                ? ""
                : "; %s: %s".formatted(run.get("error_code"), run.get("error_message"));
    }

    private Timestamp time(String column) {
        return (Timestamp) run.get(column);
    }
}
