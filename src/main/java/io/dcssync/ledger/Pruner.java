package io.dcssync.ledger;

import io.dcssync.config.RetentionSettings;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Body;
import org.apache.camel.ExchangeException;
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

    /** Takes the ledger's answer to the statement that the pruning named. */
    public void answered(@Variable("pruning") Pruning pruning, @Body Object answer) {
        pruning.answered(answer);
        if (Boolean.FALSE.equals(answer) && told.compareAndSet(false, true)) {
            log.info("nothing is forgotten by this program, whatever retention.* says: that is left to the owner of"
                    + " schema dcs, unless he lets it: grant execute on function dcs.prune_history, dcs.prune_runs to"
                    + " dcs_writer");
        }
    }

    /** Ends a pruning that the ledger refused. */
    public void giveUp(@Variable("pruning") Pruning pruning, @ExchangeException Exception refused) {
        pruning.end();
        log.warn("what is too old could not all be forgotten, next try in a day: {}", refused.getMessage());
    }

    public void tell(@Variable("pruning") Pruning pruning) {
        pruning.summary().ifPresent(log::info);
    }
}
