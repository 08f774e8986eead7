package io.dcssync.cli;

import io.dcssync.ledger.LedgerOutage;
import java.sql.SQLTransientConnectionException;
import org.quartz.SchedulerException;
import org.quartz.listeners.SchedulerListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what Quartz could not read or write of its triggers; it tries again by itself. Thread-safe. */
final class QuartzErrors extends SchedulerListenerSupport {

    private static final Logger log = LoggerFactory.getLogger(QuartzErrors.class);

    private final LedgerOutage outage;

    QuartzErrors(LedgerOutage outage) {
        this.outage = outage;
    }

    @Override
    public void schedulerError(String what, SchedulerException thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && !(cause instanceof SQLTransientConnectionException)) {
            cause = cause.getCause();
        }
        if (cause instanceof SQLTransientConnectionException noConnection) {
            outage.noticed(noConnection);
        } else {
            log.warn(
                    "the schedule could not be read or written, it is tried again in a moment: {}", cause.getMessage());
        }
        log.debug("{}", what, thrown);
    }
}
