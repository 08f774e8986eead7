package io.dcssync.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Settings for a test, given as lines of a configuration file. */
public final class GivenSettings {

    private GivenSettings() {}

    /** Reads these lines as the program would. */
    public static Settings of(String... lines) {
        try {
            Path file = Files.createTempFile("given", ".properties");
            try {
                Files.write(file, List.of(lines));
                return SettingsReader.read(List.of(file), Map.of());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A source named prod of project p1 that is asked at this URL; more lines may change it. */
    public static Settings source(String endpoint, String... lines) {
        return of("""
                source.prod.endpoint = %s
                source.prod.project-id = p1
                source.prod.auth = none
                %s
                """.formatted(endpoint, String.join("\n", lines)));
    }

    /** A channel named ops with this URI; more lines may change it. */
    public static ChannelSettings channel(String uri, String... lines) {
        return of("alert.ops.uri = " + uri + "\n" + String.join("\n", lines))
                .channels()
                .get(0);
    }
}
