package io.dcssync.cli;

import io.dcssync.config.ConfigurationException;
import io.dcssync.config.Settings;
import io.dcssync.config.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that every command takes, after its name. A command has them as a {@code @Mixin}. */
@Command(mixinStandardHelpOptions = true, versionProvider = VersionFromBuild.class)
public final class CommonOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A properties file that is read after config/application.properties; repeatable, "
                    + "later files win.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--verbose", description = "Log in detail, with stack traces.")
    private boolean verbose;

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How log events are written to standard error (default: text).")
    private Logging.Format logFormat = Logging.Format.TEXT;

    /** Returns whether the user wants to see more. */
    public boolean verbose() {
        return verbose;
    }

    /** Returns how log events are written. */
    public Logging.Format logFormat() {
        return logFormat;
    }

    /**
     * Reads the configuration: the shipped file, then those of {@code --config}, then the environment. The shipped file
     * may be absent where others are named.
     *
     * @throws ConfigurationException with all that is wrong
     */
    public Settings settings() {
        return settings(List.of(Installation.configuration()), System.getenv());
    }

    /** Reads a configuration that begins with other shipped files, in another environment. */
    Settings settings(List<Path> shipped, Map<String, String> environment) {
        return SettingsReader.read(files(shipped), environment);
    }

    /** Returns the files that {@link #settings()} reads, in their order. */
    List<Path> files() {
        return files(List.of(Installation.configuration()));
    }

    private List<Path> files(List<Path> shipped) {
        List<Path> all = new ArrayList<>(shipped);
        if (!files.isEmpty()) {
            all.removeIf(file -> !Files.exists(file));
        }
        all.addAll(files);
        return all;
    }
}
