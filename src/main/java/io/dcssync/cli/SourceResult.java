package io.dcssync.cli;

import io.dcssync.source.ClosedRun;
import io.dcssync.source.Pass;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a pass over a source came to.
 *
 * @param run its run in the ledger; empty: none was closed by us
 * @param problem why there is none; empty: there is one
 */
record SourceResult(String source, Optional<ClosedRun> run, String problem) {

    private static final Logger log = LoggerFactory.getLogger(SourceResult.class);

    /** Makes the pass; what keeps it from being recorded is part of the result. */
    static SourceResult of(String source, Callable<Pass> sync) {
        try {
            Pass pass = sync.call();
            return new SourceResult(source, pass.closed(), pass.summary());
        } catch (Exception e) {
            log.atDebug().addKeyValue("source", source).setCause(e).log("{}: the pass broke off", source);
            return new SourceResult(source, Optional.empty(), "failed; the pass broke off: " + e.getMessage());
        }
    }

    /** Whether the pass was shown to be whole. */
    boolean isWhole() {
        return run.filter(ClosedRun::isWhole).isPresent();
    }

    /** Returns the line that tells the user. */
    String line(Job job) {
        String end = run.map(closed -> closed.counts() + "; " + alerts(job, closed) + closed.problem())
                .orElse(problem);
        return source + ": " + end;
    }

    private String alerts(Job job, ClosedRun closed) {
        Map<String, Object> counts = job.ask(
                "count-alerts",
                Map.of("source", source, "since", closed.startedAt().toString()));
        return "alerts sent %s, pending %s, dead %s"
                .formatted(counts.get("sent"), counts.get("pending"), counts.get("dead"));
    }
}
