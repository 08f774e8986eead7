package io.dcssync.cli;

import io.dcssync.config.ScheduleStore;
import io.dcssync.config.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/**
 * Where Quartz keeps the triggers: in memory, or in the database of the ledger, where all nodes with the same
 * configuration share them. Of several nodes, each tick is given to one that has a thread free.
 */
final class TriggerStore {

    /** The same on all nodes: Quartz finds its triggers by it, and Camel the route that one belongs to. */
    private static final String NAME = "dcs-sync";

    private static final String CONNECTIONS = "ledger";

    /**
     * Every so often a node gives a sign of life and looks for triggers that were changed elsewhere. One that gave none
     * for this and 7.5 s is dead to the others.
     */
    private static final String BEAT_MILLIS = "5000";

    /** Between tries where the database did not answer. */
    private static final String PAUSE_MILLIS = "1000";

    private TriggerStore() {}

    /** Returns the properties by which Camel makes Quartz's scheduler. */
    static Map<String, String> properties(Settings settings, DataSource ledger) {
        Map<String, String> properties = new HashMap<>();
        properties.put("camel.main.name", NAME);
        properties.put("camel.component.quartz.auto-start-scheduler", "false");
        quartz(
                properties,
                "threadPool.threadCount",
                String.valueOf(settings.sync().parallelism()));
        if (settings.scheduleStore() == ScheduleStore.JDBC) {
            DBConnectionManager.getInstance().addConnectionProvider(CONNECTIONS, new LedgerConnections(ledger));
            share(properties);
        }
        return properties;
    }

    private static void share(Map<String, String> properties) {
        properties.put("camel.component.quartz.prefix-instance-name", "false");
        properties.put("camel.component.quartz.enable-jmx", "false"); // which takes no name with a colon
        // passes have ended by then; what is left to write down may wait for a database that is away, and we do not
        properties.put("camel.component.quartz.interrupt-jobs-on-shutdown", "true");
        quartz(properties, "scheduler.instanceName", NAME);
        quartz(properties, "scheduler.instanceId", Node.name() + ":" + System.currentTimeMillis());
        quartz(properties, "scheduler.idleWaitTime", BEAT_MILLIS);
        quartz(properties, "jobStore.class", JobStoreTX.class.getName());
        quartz(properties, "jobStore.driverDelegateClass", PostgreSQLDelegate.class.getName());
        quartz(properties, "jobStore.dataSource", CONNECTIONS);
        quartz(properties, "jobStore.tablePrefix", "dcs.qrtz_");
        quartz(properties, "jobStore.useProperties", "true");
        quartz(properties, "jobStore.isClustered", "true");
        quartz(properties, "jobStore.clusterCheckinInterval", BEAT_MILLIS);
        quartz(properties, "jobStore.dbRetryInterval", PAUSE_MILLIS);
        // or a node that loses the race for what is due finds nothing, and idles
        quartz(properties, "jobStore.acquireTriggersWithinLock", "true");
    }

    private static void quartz(Map<String, String> properties, String name, String value) {
        properties.put("camel.component.quartz.properties[org.quartz." + name + "]", value);
    }

    /** Quartz takes its connections from the ledger's; whoever made those closes them. */
    private record LedgerConnections(DataSource pool) implements ConnectionProvider {

        @Override
        public Connection getConnection() throws SQLException {
            return pool.getConnection();
        }

        @Override
        public void initialize() {}

        @Override
        public void shutdown() {}
    }
}
