package io.dcssync.ledger.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code initdb}, {@code pg_ctl} and {@code postgres}. What they print goes to a file, never to our own standard
 * output, so that a server that stays does not keep a pipe open that we write to.
 */
final class PostgresPrograms {

    private final DataFolder folder;
    private final Path home;
    private final ServerUser user;

    PostgresPrograms(DataFolder folder, Path home, ServerUser user) {
        this.folder = folder;
        this.home = home;
        this.user = user;
    }

    /** How a program ended, and what it printed. */
    record Ended(int exitCode, String output) {}

    /** Runs a program to its end; the input may hold secrets, the arguments may not: everybody sees them. */
    Ended run(Deadline deadline, String input, String program, String... arguments) {
        List<String> command = new ArrayList<>(user.prefix());
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile(folder.path(), program, ".out");
            try {
                return run(deadline, input, command, output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "PostgreSQL's program " + program + " cannot be run here (" + e.getMessage()
                            + "): its Linux build needs glibc; set database.url to a server of your own",
                    e);
        }
    }

    private Ended run(Deadline deadline, String input, List<String> command, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // the user's PGDATA, PGPORT and the like are meant for other servers
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        // messages are looked at; and macOS starts threads, which PostgreSQL refuses, for other locales
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException endedWithoutReading) {
            // its exit code tells why
        }
        try {
            if (!process.waitFor(deadline.left().toMillis() + 1000, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new EmbeddedDatabaseException("PostgreSQL's " + command + " took too long: "
                        + Files.readString(output, StandardCharsets.ISO_8859_1));
            }
            return new Ended(
                    process.exitValue(),
                    Files.readString(output, StandardCharsets.ISO_8859_1).strip());
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new EmbeddedDatabaseException("Interrupted while PostgreSQL's programs were running", e);
        }
    }
}
