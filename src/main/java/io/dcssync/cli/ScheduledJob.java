package io.dcssync.cli;

import io.dcssync.config.Settings;
import io.dcssync.config.SourceSettings;
import io.dcssync.ledger.LedgerDatabase;
import io.dcssync.ledger.Migrations;
import io.dcssync.source.Pass;
import java.util.HashMap;
import java.util.Map;

/** The scheduled job on an open ledger: passes by schedule, alerts by themselves, dashboard and mirror, health and metrics. */
final class ScheduledJob implements AutoCloseable {

    private static final String[] ROUTES = {
        "errors",
        "trigger-sync",
        "sync-source",
        "open-run",
        "fetch-page",
        "check-page",
        "store-page",
        "close-run",
        "keep-leases",
        "publish-channel",
        "publish-alerts",
        "send-alert",
        "prune-ledger",
        "ledger",
        "serve-http",
        "serve-dashboard"
    };

    private final Job job;

    private ScheduledJob(Job job) {
        this.job = job;
    }

    /**
     * Starts everything but the passes: Camel on a ledger whose schema is up to date, and the ports.
     */
    static ScheduledJob start(Settings settings, LedgerDatabase database, HttpPorts ports) {
        StopOnSignal.check();
        Migrations.ensure(database.dataSource(), database.migrators(), settings.database());
        Map<String, String> camel = new HashMap<>(ports.properties());
        camel.putAll(TriggerStore.properties(settings, database.dataSource()));
        Job job = Job.start(settings, database.dataSource(), database.readers(), camel, ROUTES);
        database.measureBy(job.meters());
        return new ScheduledJob(job);
    }

    /** Returns how many sources are read by it. */
    static long sources(Settings settings) {
        return settings.sources().stream().filter(SourceSettings::enabled).count();
    }

    /** Loads one more route file. */
    void add(String route) {
        job.add(route);
    }

    /** Loads one more route file, and binds the bean that its routes call. */
    void add(String route, String bean, Object instance) {
        job.add(route, bean, instance);
    }

    /** Makes one pass over a source now, after the one that may be under way; its schedule goes on. */
    Pass sync(String source) throws Exception {
        return job.sync(source, false);
    }

    /** Makes passes from now on, and sends what is due. */
    void schedule() {
        job.schedule();
    }

    /** Stops its work; returns when all has come to its end. */
    void stop() {
        job.stop();
    }

    @Override
    public void close() {
        job.close();
    }
}
