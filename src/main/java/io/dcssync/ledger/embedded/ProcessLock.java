package io.dcssync.ledger.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/**
 * Work that only one process may do at a time, guarded by a lock on a file. The operating system gives the lock back
 * when its holder dies, however it dies. Not for threads of one process: those must be kept apart before, as closing
 * the file for one would end the lock of the other.
 */
final class ProcessLock {

    private ProcessLock() {}

    /** Waits for the lock, does the work and gives the lock back; fails with the message when patience ends first. */
    static <T> T holding(Path file, Deadline deadline, String messageWhenHeld, Supplier<T> work) {
        try (FileChannel channel = open(file);
                FileLock lock = wait(channel, deadline)) {
            if (lock == null) {
                throw new EmbeddedDatabaseException(messageWhenHeld);
            }
            return work.get();
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("Cannot lock " + file + ": " + e.getMessage(), e);
        }
    }

    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static FileLock wait(FileChannel channel, Deadline deadline) throws IOException {
        while (true) {
            try {
                FileLock lock = channel.tryLock();
                if (lock != null || deadline.hasPassed()) {
                    return lock;
                }
            } catch (OverlappingFileLockException heldByThisProcess) {
                if (deadline.hasPassed()) {
                    return null;
                }
            }
            Deadline.pause();
        }
    }
}
