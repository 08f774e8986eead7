package io.dcssync.ledger.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The embedded server of one test run, with the product's own settings but for three: its user may create databases;
 * nothing waits for the disk, as no test data has to survive a loss of power; and no autovacuum sits in a database that
 * is to be dropped.
 *
 * <p>Its data is in memory where this machine offers room for it: a database for each test is some hundred files, and to
 * make and delete that many again and again keeps a disk's file system busier than the tests are.
 */
public final class TestServer {

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ROOM = 4L << 30;
    private static final String NAME = "test-postgres-";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TestServer() {}

    /** Starts the server of this JVM; it is stopped and its data deleted when the JVM ends. */
    public static EmbeddedDatabase start() {
        Deadline deadline = Deadline.in(PATIENCE);
        Path home = home();
        ProcessLock.holding(
                home.resolve("test-servers.lock"),
                deadline,
                "Another JVM takes too long to delete the test servers of killed ones",
                () -> deleteThoseOfKilledJvms(home));
        DataFolder folder =
                DataFolder.open(home.resolve(NAME + ProcessHandle.current().pid()));
        var programs = new Server(folder, new PostgresBinaries(Platform.current(), TARGET)).programs(deadline);
        Cluster cluster = new Cluster(folder, programs);
        cluster.prepare(deadline);
        cluster.execute(
                deadline,
                folder.cluster(),
                "alter role " + Cluster.NAME + " createdb",
                "alter system set fsync = off",
                "alter system set synchronous_commit = off",
                "alter system set autovacuum = off");
        EmbeddedDatabase database = EmbeddedDatabase.attach(folder.path(), TARGET, PATIENCE);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(database, folder)));
        return database;
    }

    private static Path home() {
        try {
            return Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > ROOM
                    ? Files.createDirectories(MEMORY.resolve("dcs-sync-tests"))
                    : TARGET;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(EmbeddedDatabase database, DataFolder folder) {
        database.close();
        try {
            DataFolder.delete(folder.path());
        } catch (IOException leftToTheNextRun) {
            System.err.println("not deleted: " + leftToTheNextRun);
        }
    }

    private static Void deleteThoseOfKilledJvms(Path home) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(home, NAME + "*")) {
            for (Path each : all) {
                String pid = each.getFileName().toString().substring(NAME.length());
                if (ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                    kill(each.resolve("cluster"));
                    DataFolder.delete(each);
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void kill(Path cluster) {
        Postmaster.of(cluster)
                .filter(Postmaster::isAlive)
                .flatMap(p -> ProcessHandle.of(p.pid()))
                .ifPresent(process -> {
                    process.destroyForcibly();
                    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
                });
    }
}
