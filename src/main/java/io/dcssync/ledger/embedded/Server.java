package io.dcssync.ledger.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server of one data folder: found running, or started; stopped. To be used only by the holder of the start lock. */
final class Server {

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

    private final DataFolder folder;
    private final PostgresBinaries binaries;

    Server(DataFolder folder, PostgresBinaries binaries) {
        this.folder = folder;
        this.binaries = binaries;
    }

    /**
     * Returns the running server, starting it if need be.
     *
     * @param othersAreAttached whether processes live that use this folder's server
     */
    Postmaster ensureRunning(Deadline deadline, boolean othersAreAttached) {
        Optional<Postmaster> running = running(deadline);
        if (running.isPresent()) {
            return running.get();
        }
        if (othersAreAttached
                && !Machine.name().equals(folder.read(folder.machine()).orElse(""))) {
            // their server cannot be seen from here, and two servers on one folder would destroy it
            throw new EmbeddedDatabaseException(
                    "The embedded PostgreSQL in " + folder.path() + " is in use from another"
                            + " container or machine: run this command there, or set database.url in both places");
        }
        PostgresPrograms programs = programs(deadline);
        new Cluster(folder, programs).prepare(deadline);
        if (Files.exists(Postmaster.file(folder.cluster()))) {
            LOG.warn("Embedded PostgreSQL in {} was not shut down; it recovers what was committed", folder.path());
            Postmaster.forgetPid(folder);
        }
        folder.write(folder.machine(), Machine.name() + "\n");
        return new StartServer(folder, programs).start(deadline);
    }

    /** Waits while a server of an ended process is starting or stopping; empty when none is running. */
    private Optional<Postmaster> running(Deadline deadline) {
        while (true) {
            Optional<Postmaster> server = Postmaster.of(folder.cluster()).filter(Postmaster::isAlive);
            if (server.isEmpty() || server.get().isReady()) {
                return server;
            }
            if (deadline.hasPassed()) {
                throw new EmbeddedDatabaseException("The embedded PostgreSQL in " + folder.path() + " (process "
                        + server.get().pid() + ") is " + server.get().status() + " for too long; see " + folder.log());
            }
            Deadline.pause();
        }
    }

    /** Ends all sessions and shuts down in order; returns when the server is down. */
    void stop() {
        if (Postmaster.of(folder.cluster()).filter(Postmaster::isAlive).isEmpty()) {
            return;
        }
        Deadline deadline = Deadline.in(STOP_PATIENCE);
        var ended = programs(deadline)
                .run(
                        deadline,
                        "",
                        "pg_ctl",
                        "stop",
                        "--silent",
                        "--mode=fast",
                        "--wait",
                        "--timeout=" + deadline.left().toSeconds(),
                        "--pgdata=" + folder.cluster());
        if (ended.exitCode() != 0) {
            throw new EmbeddedDatabaseException("The embedded PostgreSQL in " + folder.path()
                    + " does not stop; it goes on by itself and the next start finds it: " + ended.output());
        }
        LOG.info("Embedded PostgreSQL in {} stopped", folder.path());
    }

    PostgresPrograms programs(Deadline deadline) {
        Path home = binaries.unpacked(deadline);
        return new PostgresPrograms(folder, home, ServerUser.of(folder, home));
    }
}
