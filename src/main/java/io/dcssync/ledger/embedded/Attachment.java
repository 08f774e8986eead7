package io.dcssync.ledger.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process's hold on the server of one data folder, counted, as file locks belong to a whole process.
 *
 * <p>Two locks make the protocol. Whoever starts or stops the server holds {@code start.lock}. Each attached process
 * shares {@code attached.lock} as long as it lives; one that leaves tries to have it alone, and if it gets it, nobody
 * else is attached and the server is stopped. The system frees the locks of a killed process, so its orphaned server
 * is found by the next one and stopped by the last. Safe for use by several threads.
 */
final class Attachment {

    private static final Logger LOG = LoggerFactory.getLogger(Attachment.class);
    private static final Map<Path, Attachment> OF_THIS_PROCESS = new ConcurrentHashMap<>();

    private final DataFolder folder;
    private int holders;
    private FileChannel channel;
    private FileLock shared;

    private Attachment(DataFolder folder) {
        this.folder = folder;
    }

    static Attachment to(DataFolder folder) {
        return OF_THIS_PROCESS.computeIfAbsent(folder.path(), path -> new Attachment(folder));
    }

    /** Finds or starts the server, and keeps it until {@link #leave}. */
    synchronized Postmaster enter(Server server, Duration patience) {
        Deadline deadline = Deadline.in(patience);
        return alone(deadline, () -> {
            boolean othersAreAttached = holders == 0 && hold();
            holders++;
            try {
                return server.ensureRunning(deadline, othersAreAttached);
            } catch (RuntimeException e) {
                release(server);
                throw e;
            }
        });
    }

    /** Gives up one hold; the last one of the last process stops the server. A failure to stop is only logged. */
    synchronized void leave(Server server, Duration patience) {
        try {
            alone(Deadline.in(patience), () -> {
                release(server);
                return holders;
            });
        } catch (EmbeddedDatabaseException e) {
            LOG.warn("Embedded PostgreSQL keeps running until the next command that uses it has ended", e);
        }
    }

    private <T> T alone(Deadline deadline, Supplier<T> work) {
        return ProcessLock.holding(
                folder.startLock(),
                deadline,
                "Another process takes too long to start or stop the embedded PostgreSQL in " + folder.path() + ": see "
                        + folder.log() + " and try again",
                work);
    }

    /** Returns whether other processes are attached. */
    private boolean hold() {
        try {
            channel = ProcessLock.open(folder.attachedLock());
            FileLock exclusive = channel.tryLock();
            if (exclusive != null) {
                exclusive.release();
            }
            shared = channel.lock(0, Long.MAX_VALUE, true);
            return exclusive == null;
        } catch (IOException e) {
            throw DataFolder.broken("lock", folder.attachedLock(), e);
        }
    }

    private void release(Server server) {
        holders--;
        if (holders > 0) {
            return;
        }
        try (FileChannel closedAtTheEnd = channel) {
            shared.release();
            if (closedAtTheEnd.tryLock() != null) {
                server.stop();
            }
        } catch (IOException e) {
            throw DataFolder.broken("unlock", folder.attachedLock(), e);
        }
    }
}
