package io.dcssync.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder that a demo keeps its data in, held by one demo at a time. The system frees it when its holder dies. */
final class DemoFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel lock;

    private DemoFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes the folder, and makes it if it is not there.
     *
     * @throws CommandException if another demo has it, or it cannot be made
     */
    static DemoFolder take(Path path) {
        Path file = path.resolve("demo.lock");
        try {
            Files.createDirectories(path);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new CommandException(
                        ExitCode.USAGE,
                        "a demo is running already, with its data in %s: one at a time; stop it with Ctrl-C in its terminal"
                                .formatted(path));
            }
            return new DemoFolder(path, channel);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.USAGE, "the demo cannot keep its data in %s: %s".formatted(path, e.getMessage()), e);
        }
    }

    Path path() {
        return path;
    }

    /** The embedded PostgreSQL's folder. */
    Path database() {
        return path.resolve("postgres");
    }

    /** The file that one of the channels appends alerts to. */
    Path alerts() {
        return path.resolve("alerts.jsonl");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
