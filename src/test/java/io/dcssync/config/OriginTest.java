package io.dcssync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OriginTest {

    @TempDir
    Path folder;

    @Test
    void a_line_counts_where_its_key_begins() {
        assertThat(new Configuration(folder)
                        .file(
                                "# comment that does not go on \\",
                                "! another",
                                "",
                                "first.key = a, \\",
                                "    # no comment, \\",
                                "    c",
                                "sync.le\\u0061se = 1ms",
                                "backslashes = two\\\\",
                                "database.pool-size : \\",
                                "   zero",
                                "sync.missing-after 0")
                        .problems())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("sync.lease = 1ms (1.properties:7)"),
                        line -> assertThat(line).startsWith("database.pool-size = zero (1.properties:9)"),
                        line -> assertThat(line).startsWith("sync.missing-after = 0 (1.properties:11)"));
    }

    @Test
    void lines_of_windows_and_a_byte_order_mark_are_understood() {
        assertThat(new Configuration(folder)
                        .add("\uFEFFsync.lease=1ms\r\n\r\nsync.missing-after=\\\r\n  0\r\nsync.parallelism=0")
                        .problems())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("1.properties:1"),
                        line -> assertThat(line).contains("1.properties:3"),
                        line -> assertThat(line).contains("1.properties:5"));
    }

    @Test
    void of_a_key_that_stands_twice_the_later_line_counts() {
        assertThat(new Configuration(folder)
                        .file("sync.lease = 30s", "sync.lease = 1s")
                        .file("sync.parallelism = 0")
                        .problems())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).contains("1.properties:2"),
                        line -> assertThat(line).contains("2.properties:1"));
    }

    @Test
    void a_malformed_escape_names_its_line() {
        assertThat(new Configuration(folder).file("a = b", "c = \\u12").problems())
                .containsExactly("this line (1.properties:2): a \\u must be followed by four hexadecimal digits");
    }

    @Test
    void files_that_cannot_be_read_are_named_all() throws Exception {
        Files.write(folder.resolve("latin"), "name = Jürgen".getBytes(StandardCharsets.ISO_8859_1));
        ConfigurationException refusal = catchThrowableOfType(
                ConfigurationException.class,
                () -> SettingsReader.read(List.of(folder.resolve("none"), folder, folder.resolve("latin")), Map.of()));

        assertThat(refusal.problems().stream().map(Problem::toString))
                .containsExactly(
                        folder + "/none (configuration file): there is no such file",
                        folder + " (configuration file): it is a folder, not a file",
                        folder + "/latin (configuration file): it must be a text file in UTF-8");
    }

    @Property(tries = 300)
    void reading_line_by_line_gives_what_java_reads_from_the_whole(@ForAll("contents") String content)
            throws Exception {
        Properties whole = new Properties();
        whole.load(new StringReader(content));
        whole.remove(""); // a backslash that stands alone, a quirk that depends on what ends the line
        Path file = Files.createTempFile("whole", ".properties");
        try {
            Files.writeString(file, content);
            Map<String, String> ours = new TreeMap<>();
            PropertiesFile.read(file, 0, new ArrayList<>()).forEach((key, entry) -> ours.put(key, entry.text()));

            assertThat(ours).isEqualTo(whole);
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<String> contents() {
        return Arbitraries.of("a", "b", "=", ":", " ", "\t", "\\", "\\", "\n", "\n", "\r", "\r\n", "#", "!", "\\u0041")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }
}
