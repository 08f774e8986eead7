package io.dcssync.ledger;

import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Ready means: the database can be reached and its schema is current. A source that is failing does not make the program
 * unready. Thread-safe.
 */
public final class LedgerHealthCheck extends AbstractHealthCheck {

    private final DataSource database;
    private final LedgerOutage outage;

    public LedgerHealthCheck(DataSource database, LedgerOutage outage) {
        super("dcs-sync", "ledger");
        this.database = database;
        this.outage = outage;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        try {
            Migrations.check(database);
            builder.up();
            if (!outage.waiting().isEmpty()) {
                builder.message("reachable, but read-only, full or refusing otherwise: %s wait, the log says why"
                        .formatted(String.join(", ", outage.waiting())));
            }
        } catch (RuntimeException e) {
            // the first line says it; what Flyway adds is for a log
            builder.message(e.getMessage().lines().findFirst().orElse("")).down();
        }
    }
}
