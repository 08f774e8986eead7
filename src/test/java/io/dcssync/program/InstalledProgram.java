package io.dcssync.program;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/**
 * The packaged program, started by {@code bin/dcs-sync} as its users start it. The folder becomes an installation of its
 * own, so that data is kept apart: the launcher is a copy (it looks for its installation beside itself), the rest are
 * links. Its sources are not there, so nothing is ever built.
 *
 * <p>Its configuration is a file of its own, written anew for each start. Nothing of this machine's environment reaches
 * it but where Java is: no locale either, as under cron.
 */
public final class InstalledProgram implements AutoCloseable {

    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final List<String> LINKS = List.of("config", "routes", "target");

    static {
        // on a busy machine a program takes its time to start
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    private final Path root;
    private final Map<String, String> configuration = new TreeMap<>();
    private final List<Running> started = new ArrayList<>();

    private InstalledProgram(Path root) {
        this.root = root;
    }

    /** Installs it in a folder, without any configuration. */
    public static InstalledProgram in(Path folder) {
        try {
            Files.createDirectories(folder.resolve("bin"));
            Files.copy(
                    PROJECT.resolve("bin/dcs-sync"),
                    folder.resolve("bin/dcs-sync"),
                    StandardCopyOption.COPY_ATTRIBUTES);
            for (String part : LINKS) {
                Files.createSymbolicLink(folder.resolve(part), PROJECT.resolve(part));
            }
            return new InstalledProgram(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets a key from now on. */
    public InstalledProgram with(String key, Object value) {
        configuration.put(key, value.toString());
        return this;
    }

    /** Knows the keys that begin so no more. */
    InstalledProgram without(String prefix) {
        configuration.keySet().removeIf(key -> key.startsWith(prefix));
        return this;
    }

    /** Keeps its ledger in a database. */
    public InstalledProgram on(TestDatabase database) {
        return with("database.url", database.jdbcUrl())
                .with("database.user", database.user())
                .with("database.password", database.password().reveal());
    }

    /** Reads an endpoint as the source of this name, as fast as it may. */
    public InstalledProgram reads(String source, ScriptedDcs dcs) {
        return reads(source, dcs.url().toString());
    }

    /** Reads an endpoint as the source of this name, as fast as it may. */
    public InstalledProgram reads(String source, String url) {
        String key = "source." + source + ".";
        return with(key + "endpoint", url)
                .with(key + "project-id", ScriptedDcs.PROJECT)
                .with(key + "auth", "none")
                .with(key + "rate-limit", 1000)
                .with("sync.retry-delay", "20ms");
    }

    /** The file that its configuration is in. */
    Path file() {
        return root.resolve("test.properties");
    }

    /** Runs one command to its end. */
    public Ended run(String... command) {
        return start(command).ended();
    }

    /** Starts one command. */
    public Running start(String... command) {
        List<String> words =
                new ArrayList<>(List.of(root.resolve("bin/dcs-sync").toString()));
        words.addAll(List.of(command));
        if (!configuration.isEmpty()) {
            words.addAll(List.of("--config", writeConfiguration().toString()));
        }
        return start(new ProcessBuilder(words));
    }

    /** Starts words of a shell, in which {@code $PROGRAM} is the launcher and {@code $CONFIG} the configuration. */
    Running startShell(String words) {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", words);
        shell.environment().put("PROGRAM", root.resolve("bin/dcs-sync").toString());
        shell.environment().put("CONFIG", writeConfiguration().toString());
        return start(shell);
    }

    private Running start(ProcessBuilder builder) {
        try {
            Path out = Files.createTempFile(root, "out-", ".txt");
            Path err = Files.createTempFile(root, "err-", ".txt");
            builder.environment().keySet().retainAll(List.of("PATH", "JAVA_HOME", "HOME", "PROGRAM", "CONFIG"));
            // starts sooner, and in a time zone that is not UTC
            builder.environment().put("JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Duser.timezone=Asia/Kathmandu");
            Running running = new Running(
                    builder.directory(root.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start(),
                    out,
                    err);
            started.add(running);
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path writeConfiguration() {
        List<String> lines = new ArrayList<>();
        configuration.forEach((key, value) -> lines.add(key + " = " + value));
        try {
            return Files.write(file(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills what still runs, and removes the links, which a temporary folder should not have when it is deleted. */
    @Override
    public void close() {
        started.forEach(Running::close);
        try {
            for (String part : LINKS) {
                Files.deleteIfExists(root.resolve(part));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
