package io.dcssync.ledger;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.ExchangeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once that the database gives no connection, and once that it does again, however often it was tried. Thread-safe. */
public final class LedgerOutage {

    private static final Logger log = LoggerFactory.getLogger(LedgerOutage.class);

    private final AtomicBoolean out = new AtomicBoolean();

    /** Takes note that no connection was to be had. */
    public void noticed(@ExchangeException Exception thrown) {
        if (out.compareAndSet(false, true)) {
            log.warn(
                    "the database gives no connection: {}. Nothing is read and no alert is sent until it does; nothing is lost, and it is tried again by itself",
                    thrown.getMessage());
        }
        log.debug("the database gives no connection", thrown);
    }

    /** Takes note that the database was asked and answered. */
    public void isOver() {
        if (out.compareAndSet(true, false)) {
            log.info("the database gives connections again; passes and alerts go on");
        }
    }
}
