package io.dcssync.ledger.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a server's {@code postmaster.pid} says about it. The file outlives a server that was killed, so what it says
 * holds only while {@link #isAlive()}.
 *
 * @param folder the cluster's folder as the server saw it
 * @param port 0: the server has not got as far
 * @param status {@code ready}, {@code starting}, {@code stopping} or empty
 */
record Postmaster(long pid, String folder, int port, String status) {

    private static final int CONNECT_TIMEOUT_MILLIS = 1000;

    /** More than any system gives to a process. */
    private static final int PID_OF_NOBODY = Integer.MAX_VALUE;

    static Path file(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    /** Reads the file of a cluster; empty when no server has it open and none was killed. */
    static Optional<Postmaster> of(Path cluster) {
        try {
            return parse(Files.readAllLines(file(cluster)));
        } catch (NoSuchFileException | NumberFormatException notRunningOrTornByALossOfPower) {
            return Optional.empty();
        } catch (IOException e) {
            throw DataFolder.broken("read", file(cluster), e);
        }
    }

    /** Takes the lines as PostgreSQL's {@code pidfile.h} lists them; a server that is starting has not written all. */
    private static Optional<Postmaster> parse(List<String> lines) {
        if (lines.isEmpty() || lines.get(0).isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new Postmaster(
                Math.abs(Long.parseLong(lines.get(0).strip())),
                lines.size() > 1 ? lines.get(1) : "",
                lines.size() > 3 ? Integer.parseInt(lines.get(3).strip()) : 0,
                lines.size() > 7 ? lines.get(7).strip() : ""));
    }

    boolean isReady() {
        return status.equals("ready");
    }

    /** Returns whether the process is there and is the server of this folder, not another that got its number. */
    boolean isAlive() {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        // no arguments: a dead process that nobody has collected yet, or one that we may not look at
        return process.isPresent()
                && process.get()
                        .info()
                        .arguments()
                        .map(arguments -> Arrays.asList(arguments).contains(folder))
                        .orElseGet(this::answers);
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT_MILLIS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /**
     * Keeps the file of a killed server from stopping the next one when its process number now belongs to another
     * process. Deleting the file would do too, but it also names the shared memory by which PostgreSQL notices
     * processes that outlived their server; so only the number is replaced.
     */
    static void forgetPid(DataFolder folder) {
        Path file = file(folder.cluster());
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty()) {
                // what a loss of power may leave of it; PostgreSQL refuses to guess
                Files.delete(file);
                return;
            }
            lines.set(0, Integer.toString(PID_OF_NOBODY));
            folder.write(file, String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw DataFolder.broken("repair", file, e);
        }
    }
}
