package io.dcssync.ledger;

import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.ExchangeException;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells once that the database gives no connection, or refuses a part of the work, and once that it goes on, however often
 * it was tried. Thread-safe.
 */
public final class LedgerOutage {

    private static final Logger log = LoggerFactory.getLogger(LedgerOutage.class);

    private final AtomicBoolean out = new AtomicBoolean();
    private final Map<String, String> refused = new ConcurrentHashMap<>();

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

    /** Takes note that the database refused a part of the work, as it is read-only or its disk is full. */
    public void refused(String part, Exception thrown) {
        SQLException found = ObjectHelper.getException(SQLException.class, thrown);
        Exception refusal = found == null ? thrown : found;
        String kind = kind(refusal);
        if (kind.equals(refused.put(part, kind))) {
            log.debug("{}: not done: {}", part, refusal.getMessage());
        } else {
            log.warn(
                    "{} wait: {}. It is tried again by itself, and told again when that changes",
                    part,
                    refusal.getMessage());
        }
    }

    /** Takes note that a part of the work was done. */
    public void worked(String part) {
        if (refused.remove(part) != null) {
            log.info("{} go on", part);
        }
    }

    /** Returns the parts of the work that the database refused when it was asked last. */
    Set<String> waiting() {
        return new TreeSet<>(refused.keySet());
    }

    /** What names a table or a file differs from try to try; the state of SQL does not. */
    private static String kind(Exception thrown) {
        return String.valueOf(thrown instanceof SQLException refusal ? refusal.getSQLState() : thrown.getMessage());
    }
}
