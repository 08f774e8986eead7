package io.dcssync.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program while it runs, as a process of its own. It is killed when closed. */
public final class Running implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path out;
    private final Path err;

    Running(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** What it has written to standard output so far. */
    public String out() {
        return read(out);
    }

    /** What it has written to standard error so far. */
    public String err() {
        return read(err);
    }

    /** The processes that it has started. */
    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** Sends SIGTERM. */
    public Running terminate() {
        process.destroy();
        return this;
    }

    /** Sends SIGKILL, and returns when the process is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Waits so long, or until it has ended; returns whether it still runs. */
    public boolean runsFor(Duration time) {
        try {
            return !process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Sends a signal by its name, {@code STOP} or {@code CONT}. */
    public void signal(String name) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                            .inheritIO()
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Waits until it has ended. */
    public Ended ended() {
        return ended(PATIENCE_SECONDS);
    }

    /** Waits until it has ended, which must be within this time. */
    public Ended ended(int seconds) {
        try {
            assertThat(process.waitFor(seconds, TimeUnit.SECONDS))
                    .as("ended within %d s; it said: %s", seconds, err())
                    .isTrue();
            return new Ended(process.exitValue(), out(), err());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        children().forEach(ProcessHandle::destroyForcibly);
        kill();
    }

    private static String read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
