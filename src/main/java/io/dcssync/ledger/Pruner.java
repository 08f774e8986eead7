package io.dcssync.ledger;

import io.dcssync.config.RetentionSettings;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps that the route takes with the pruning that its exchange carries. Thread-safe. */
public final class Pruner {

    private static final Logger log = LoggerFactory.getLogger(Pruner.class);

    private final RetentionSettings keep;
    private final AtomicBoolean told = new AtomicBoolean();

    public Pruner(RetentionSettings keep) {
        this.keep = keep;
    }

    public Pruning begin() {
        return new Pruning(keep);
    }

    /** Ends a pruning that the database user has no right to. */
    public void mayGoOn(@Variable("pruning") Pruning pruning, @Body boolean allowed) {
        if (allowed) {
            return;
        }
        pruning.end();
        if (told.compareAndSet(false, true)) {
            log.info("nothing is forgotten by this program, whatever retention.* says: that is left to the owner of"
                    + " schema dcs, unless he lets it: grant execute on function dcs.prune_history, dcs.prune_runs to"
                    + " dcs_writer");
        }
    }

    public void pruned(@Variable("pruning") Pruning pruning, @Body Map<String, Object> row) {
        pruning.pruned(row);
    }

    public void tell(@Variable("pruning") Pruning pruning) {
        pruning.summary().ifPresent(log::info);
    }
}
