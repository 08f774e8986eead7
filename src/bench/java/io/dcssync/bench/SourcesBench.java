package io.dcssync.bench;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What many sources cost one process, each read every minute, when nothing changes. */
@Command(name = "sources", description = "What many sources cost one process, each read every minute, unchanged")
final class SourcesBench implements Callable<Integer> {

    @Mixin
    private Place place;

    @Option(names = "--sources", split = ",", defaultValue = "200,1000", description = "how many sources")
    private List<Integer> sources;

    @Option(names = "--tasks", defaultValue = "1000", description = "tasks of each source")
    private int tasks;

    @Option(
            names = "--minutes",
            defaultValue = "5",
            description = "how long it is measured; 0: only until all are read once")
    private int minutes;

    @Override
    public Integer call() throws Exception {
        try (Database server = Database.start(place.folder().resolve("postgres"))) {
            for (int count : sources) {
                measure(server, count);
            }
        }
        return 0;
    }

    private void measure(Database server, int count) throws Exception {
        Database database = server.fresh("bench_sources");
        try (FastEndpoint endpoint = new FastEndpoint()) {
            MadeUpTasks list = new MadeUpTasks("bench", tasks);
            Instant began = Instant.now();
            try (RunningJob job = RunningJob.start(
                            place.home(), place.folder(), configuration(database, endpoint, list, count));
                    Connection connection = database.connectWhenMigrated(job)) {
                Waiting.until(() -> {
                    job.mustLive();
                    return Database.number(
                                    connection, "select count(*) from dcs.source where first_whole_at is not null")
                            == count;
                });
                System.out.printf(
                        Locale.ROOT,
                        "%n%,d sources of %,d tasks: all read for the first time after %d s%n",
                        count,
                        tasks,
                        Duration.between(began, Instant.now()).toSeconds());
                if (minutes > 0) {
                    watch(job, connection);
                }
            }
        }
    }

    private void watch(RunningJob job, Connection connection) throws Exception {
        long postmaster = Database.postmaster(connection);
        // or the database would do that while it is watched
        try (Statement statement = connection.createStatement()) {
            statement.execute("vacuum (analyze)");
        }
        // to a whole minute, when the next round begins
        Thread.sleep(60_000 - System.currentTimeMillis() % 60_000);
        double cpu = Meter.cpu(job.pid());
        double databaseCpu = Meter.cpuWithChildren(postmaster);
        long wal = Database.wal(connection);
        long run = Database.number(connection, "select max(run_id) from dcs.run");
        Thread.sleep(Duration.ofMinutes(minutes).toMillis());
        String since = " from dcs.run where run_id > " + run + " and outcome = 'complete'";
        System.out.printf(
                Locale.ROOT,
                "a minute: %d passes, CPU of the job %.1f s and of its database %.1f s (a machine with two cores has 120 s),%n"
                        + "  write-ahead log %.1f MB; a pass takes %d ms (median), %d ms (99 of 100); the job had at most %d MiB%n",
                Database.number(connection, "select count(*)" + since) / minutes,
                (Meter.cpu(job.pid()) - cpu) / minutes,
                (Meter.cpuWithChildren(postmaster) - databaseCpu) / minutes,
                (Database.wal(connection) - wal) / 1e6 / minutes,
                percentile(connection, 0.5, since),
                percentile(connection, 0.99, since),
                Meter.peakMemory(job.pid()));
    }

    private static long percentile(Connection connection, double part, String since) throws Exception {
        return Database.number(
                connection,
                "select coalesce(percentile_cont(" + part
                        + ") within group (order by extract(epoch from finished_at - started_at) * 1000), 0)::bigint"
                        + since);
    }

    private static String configuration(Database database, FastEndpoint endpoint, MadeUpTasks list, int count) {
        StringBuilder configuration = new StringBuilder(RunningJob.database(database));
        for (int n = 1; n <= count; n++) {
            endpoint.has("bench-" + n, list);
            configuration.append(RunningJob.source("bench-" + n, endpoint, 1000, "0 * * * * ?"));
        }
        return configuration.toString();
    }
}
