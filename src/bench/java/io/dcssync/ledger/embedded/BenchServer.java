package io.dcssync.ledger.embedded;

import java.nio.file.Path;
import java.time.Duration;

/** The PostgreSQL that comes along, with its durable settings, which counts statements and whose user may make databases. */
public final class BenchServer {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private BenchServer() {}

    /** Starts it, with new database files where there are none; PostgreSQL's programs are unpacked beside the folder. */
    public static EmbeddedDatabase start(Path data) {
        Deadline deadline = Deadline.in(PATIENCE);
        DataFolder folder = DataFolder.open(data);
        var programs = new Server(
                        folder,
                        new PostgresBinaries(
                                Platform.current(), data.toAbsolutePath().getParent()))
                .programs(deadline);
        Cluster cluster = new Cluster(folder, programs);
        cluster.prepare(deadline);
        // one that a run before has left is as it should be
        if (Postmaster.of(folder.cluster()).filter(Postmaster::isAlive).isEmpty()) {
            cluster.execute(
                    deadline,
                    folder.cluster(),
                    "alter role " + Cluster.NAME + " createdb",
                    "alter system set shared_preload_libraries = 'pg_stat_statements'",
                    "create extension if not exists pg_stat_statements");
        }
        return EmbeddedDatabase.attach(data, PATIENCE);
    }
}
