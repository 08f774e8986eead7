package io.dcssync.ledger.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the server of a prepared cluster, on the port it had before if that is free. The server is no child of ours:
 * {@code pg_ctl} gives it a session of its own, so Ctrl-C in our terminal does not reach it.
 */
final class StartServer {

    private static final Logger LOG = LoggerFactory.getLogger(StartServer.class);
    private static final int ATTEMPTS = 3;
    private static final int LOG_LINES_SHOWN = 15;

    private static final String PORT_TAKEN = "Address already in use";
    /** Those of a server that was killed end by themselves, each when it has done what it was about. */
    private static final String OLD_PROCESSES = "pre-existing shared memory block";

    private final DataFolder folder;
    private final PostgresPrograms programs;

    StartServer(DataFolder folder, PostgresPrograms programs) {
        this.folder = folder;
        this.programs = programs;
    }

    /** Returns the server when it takes connections. */
    Postmaster start(Deadline deadline) {
        String problem = "";
        int portsTaken = 0;
        boolean again = true;
        while (again) {
            int port = freePort();
            folder.write(folder.cluster().resolve(ServerSettings.FILE), ServerSettings.text(port));
            folder.write(folder.port(), port + "\n");
            keepFormerLog();
            var ended = pgCtlStart(deadline);
            if (ended.exitCode() == 0) {
                LOG.info("Embedded PostgreSQL started on port {}, data in {}", port, folder.path());
                return Postmaster.of(folder.cluster()).orElseThrow();
            }
            problem = ended.output() + "\n" + endOfLog();
            if (problem.contains(PORT_TAKEN)) {
                portsTaken++;
                again = portsTaken < ATTEMPTS;
            } else {
                again = problem.contains(OLD_PROCESSES) && !deadline.hasPassed();
                Deadline.pause();
            }
        }
        throw new EmbeddedDatabaseException(
                "The embedded PostgreSQL in " + folder.path() + " does not start; " + folder.log() + ": " + problem);
    }

    private PostgresPrograms.Ended pgCtlStart(Deadline deadline) {
        return programs.run(
                deadline,
                "",
                "pg_ctl",
                "start",
                "--silent",
                "--wait",
                "--timeout=" + deadline.left().toSeconds(),
                "--pgdata=" + folder.cluster(),
                "--log=" + folder.log());
    }

    /** Another process may take the port before the server does; then this is asked again. */
    private int freePort() {
        int former = folder.read(folder.port()).map(Integer::valueOf).orElse(0);
        try {
            return bind(former);
        } catch (IOException taken) {
            try {
                return bind(0);
            } catch (IOException e) {
                throw new EmbeddedDatabaseException("No free port on 127.0.0.1 for the embedded PostgreSQL: " + e, e);
            }
        }
    }

    private static int bind(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.getLocalPort();
        }
    }

    /** The log of one start before stays, as it may tell why that server ended; older ones go. */
    private void keepFormerLog() {
        Path former = folder.log().resolveSibling(folder.log().getFileName() + ".1");
        try {
            Files.move(folder.log(), former, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException firstStart) {
            return;
        } catch (IOException e) {
            throw DataFolder.broken("rename", folder.log(), e);
        }
    }

    private String endOfLog() {
        try {
            List<String> lines = Files.readAllLines(folder.log(), StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }
}
