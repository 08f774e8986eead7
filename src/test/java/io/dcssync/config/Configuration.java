package io.dcssync.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A configuration for a test, said in lines; its files are named 1.properties, 2.properties, … */
final class Configuration {

    static final List<String> PROD = List.of(
            "source.prod.endpoint = https://dcs.eu-de.example.com",
            "source.prod.project-id = p1",
            "source.prod.auth = none");

    private final Path folder;
    private final List<Path> files = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    Configuration(Path folder) {
        this.folder = folder;
    }

    /** Adds a file of these lines. */
    Configuration file(String... lines) {
        return add(String.join("\n", lines) + "\n");
    }

    /** Adds a file that sets up source prod in three lines, followed by these. */
    Configuration prodAnd(String... lines) {
        return add(String.join("\n", PROD) + "\n" + String.join("\n", lines) + "\n");
    }

    Configuration add(String content) {
        try {
            Path file = folder.resolve(files.size() + 1 + ".properties");
            files.add(Files.writeString(file, content));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Configuration environment(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Settings read() {
        return SettingsReader.read(files, environment);
    }

    SourceSettings source() {
        return read().sources().get(0);
    }

    /** Reads, expecting that it fails; gives the problems' lines with the folder left out of them. */
    List<String> problems() {
        return refusal().problems().stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }

    ConfigurationException refusal() {
        return catchThrowableOfType(ConfigurationException.class, this::read);
    }
}
