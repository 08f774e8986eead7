package io.dcssync.ledger.embedded;

import io.dcssync.config.Secret;
import io.dcssync.ledger.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The embedded server of a data folder, whoever has started it: to be stopped, killed and started again by tests. */
public final class OwnServer implements AutoCloseable {

    private static final Path PROGRAMS = Path.of("target").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DataFolder folder;

    private OwnServer(Path data) {
        folder = DataFolder.open(data);
    }

    /** The server that the program has started there, or will start. */
    public static OwnServer in(Path data) {
        return new OwnServer(data);
    }

    /** Starts it, with new database files where there are none. */
    public OwnServer start() {
        Deadline deadline = Deadline.in(PATIENCE);
        PostgresPrograms programs = programs(deadline);
        new Cluster(folder, programs).prepare(deadline);
        new StartServer(folder, programs).start(deadline);
        return this;
    }

    /** Stops it in one of PostgreSQL's modes, {@code fast} or {@code immediate}; returns when it is down. */
    public void stop(String mode) {
        Deadline deadline = Deadline.in(PATIENCE);
        var ended = programs(deadline)
                .run(
                        deadline,
                        "",
                        "pg_ctl",
                        "stop",
                        "--silent",
                        "--wait",
                        "--mode=" + mode,
                        "--pgdata=" + folder.cluster());
        if (ended.exitCode() != 0) {
            throw new AssertionError(ended.output());
        }
    }

    /** Kills its first process, which takes the others with it; where none runs, nothing happens. */
    public void kill() {
        Postmaster.of(folder.cluster())
                .filter(Postmaster::isAlive)
                .flatMap(postmaster -> ProcessHandle.of(postmaster.pid()))
                .ifPresent(process -> {
                    process.destroyForcibly();
                    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
                });
    }

    /** Whether it takes connections. */
    public boolean isReady() {
        return Postmaster.of(folder.cluster())
                .filter(Postmaster::isReady)
                .filter(Postmaster::isAlive)
                .isPresent();
    }

    /** Its database, as the program sees it; the port may be another one after each start. */
    public TestDatabase database() {
        String url = "jdbc:postgresql://127.0.0.1:" + folder.read(folder.port()).orElseThrow() + "/" + Cluster.NAME
                + "?sslmode=disable&gssEncMode=disable";
        return TestDatabase.of(
                url, Cluster.NAME, new Secret(folder.read(folder.password()).orElseThrow()));
    }

    @Override
    public void close() {
        kill();
    }

    private PostgresPrograms programs(Deadline deadline) {
        return new Server(folder, new PostgresBinaries(Platform.current(), PROGRAMS)).programs(deadline);
    }
}
