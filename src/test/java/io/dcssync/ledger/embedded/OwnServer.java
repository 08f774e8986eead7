package io.dcssync.ledger.embedded;

import io.dcssync.config.Secret;
import io.dcssync.ledger.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The embedded server of a data folder, whoever has started it: to be stopped, killed and started again by tests. */
public final class OwnServer implements AutoCloseable {

    private static final Path PROGRAMS = Path.of("target").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DataFolder folder;
    private Optional<TestDatabase> database = Optional.empty();

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

    /**
     * Stops it, and makes a second server of it that is to be started after it: one that can only be read, and has each
     * change before this one says that it is made.
     */
    public OwnServer standby(Path data) {
        stop("fast");
        Deadline deadline = Deadline.in(PATIENCE);
        new Cluster(folder, programs(deadline))
                .execute(deadline, folder.cluster(), "alter role " + Cluster.NAME + " replication");
        copy(folder.path(), data);
        OwnServer standby = new OwnServer(data);
        standby.configure("primary_conninfo = 'host=127.0.0.1 port=%s user=%s password=%s'"
                .formatted(
                        folder.read(folder.port()).orElseThrow(),
                        Cluster.NAME,
                        folder.read(folder.password()).orElseThrow()));
        standby.folder.write(standby.folder.cluster().resolve("standby.signal"), "");
        configure("synchronous_standby_names = '*'");
        return standby;
    }

    /** Lets a standby take the place of the server that it repeats; returns when it can be written. */
    public void promote() {
        pgCtl("promote", "--wait");
    }

    /** Lets all its processes stand still, so that it takes connections and statements and answers none. */
    public void pause() {
        signal("-STOP");
    }

    /** Lets it go on. */
    public void wake() {
        signal("-CONT");
    }

    /** Stops it in one of PostgreSQL's modes, {@code fast} or {@code immediate}; returns when it is down. */
    public void stop(String mode) {
        pgCtl("stop", "--wait", "--mode=" + mode);
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
    public synchronized TestDatabase database() {
        String url = "jdbc:postgresql://127.0.0.1:" + folder.read(folder.port()).orElseThrow() + "/" + Cluster.NAME
                + "?sslmode=disable&gssEncMode=disable";
        if (database.filter(known -> known.jdbcUrl().equals(url)).isEmpty()) {
            database.ifPresent(TestDatabase::close);
            database = Optional.of(TestDatabase.of(
                    url, Cluster.NAME, new Secret(folder.read(folder.password()).orElseThrow())));
        }
        return database.get();
    }

    @Override
    public void close() {
        database.ifPresent(TestDatabase::close);
        kill();
    }

    private void pgCtl(String act, String... options) {
        Deadline deadline = Deadline.in(PATIENCE);
        List<String> arguments = new ArrayList<>(List.of(act, "--silent", "--pgdata=" + folder.cluster()));
        arguments.addAll(List.of(options));
        var ended = programs(deadline).run(deadline, "", "pg_ctl", arguments.toArray(String[]::new));
        if (ended.exitCode() != 0) {
            throw new AssertionError(ended.output());
        }
    }

    private void configure(String line) {
        Path file = folder.cluster().resolve("postgresql.conf");
        folder.write(file, folder.read(file).orElseThrow() + "\n" + line + "\n");
    }

    private void signal(String signal) {
        ProcessHandle postmaster = Postmaster.of(folder.cluster())
                .flatMap(running -> ProcessHandle.of(running.pid()))
                .orElseThrow();
        // the first process first, so that it makes no more of them
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).forEach(process -> signal(process, signal));
    }

    private static void signal(ProcessHandle process, String signal) {
        try {
            execute("kill", signal, String.valueOf(process.pid()));
        } catch (AssertionError e) {
            // one that ended in between is no matter
            if (process.isAlive()) {
                throw e;
            }
        }
    }

    private static void copy(Path from, Path to) {
        execute("cp", "-a", from.toString(), to.toString());
    }

    private static void execute(String... command) {
        try {
            int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (exitCode != 0) {
                throw new AssertionError(List.of(command) + " ended with " + exitCode);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private PostgresPrograms programs(Deadline deadline) {
        return new Server(folder, new PostgresBinaries(Platform.current(), PROGRAMS)).programs(deadline);
    }
}
