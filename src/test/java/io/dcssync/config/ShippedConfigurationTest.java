package io.dcssync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The shipped configuration file and its reference page: a head by hand, then what the table of keys gives. */
class ShippedConfigurationTest {

    private static final Path FILE = Path.of("config/application.properties");
    private static final Path PAGE = Path.of("docs/configuration.md");
    private static final String WRITE = "configuration.write";

    @TempDir
    Path folder;

    @Test
    void it_reads_without_problems_and_defines_no_source_and_no_channel() {
        Settings settings = SettingsReader.read(List.of(FILE), Map.of());

        assertThat(settings).isEqualTo(SettingsReader.read(List.of(), Map.of()));
        assertThat(settings.sources()).isEmpty();
        assertThat(settings.channels()).isEmpty();
    }

    @Test
    void it_documents_every_key_as_the_table_has_it() throws IOException {
        holds(FILE, "# == ", KeyReference.properties());
    }

    @Test
    void the_reference_page_documents_every_key_as_the_table_has_it() throws IOException {
        holds(PAGE, "## Essential", KeyReference.page());
    }

    @Test
    void the_example_of_the_reference_page_reads_without_problems() throws IOException {
        String example = Files.readString(PAGE).replaceFirst("(?s).*```properties\\n(.*?)```.*", "$1");
        Path secret = Files.writeString(folder.resolve("password"), "hunter2\n");
        Path file = Files.writeString(
                folder.resolve("my.properties"), example.replaceAll("/run/secrets/\\S+", secret.toString()));

        Settings settings = SettingsReader.read(List.of(file), Map.of());

        assertThat(settings.sources()).hasSize(1);
        assertThat(settings.channels()).hasSize(1);
        assertThat(settings.database().password()).contains(new Secret("hunter2"));
    }

    @TestFactory
    List<DynamicTest> each_default_is_a_value_that_its_key_takes() {
        return KnownKeys.all().stream()
                .filter(key -> key.fallback().kind() == KnownKey.Fallback.Kind.VALUE)
                .map(key -> DynamicTest.dynamicTest(key.pattern(), () -> assertThat(
                                key.type().parse(key.fallback().text()).isPresent())
                        .isTrue()))
                .toList();
    }

    /** Holds a file to what follows its head, or writes it when that is asked for. */
    private static void holds(Path file, String firstHeading, String generated) throws IOException {
        String content = Files.readString(file);
        int end = content.indexOf("\n" + firstHeading);
        assertThat(end).as("the heading '%s' in %s", firstHeading, file).isNotNegative();
        String wanted = content.substring(0, end + 1) + generated;
        if (System.getProperty(WRITE) != null) {
            Files.writeString(file, wanted);
        } else {
            assertThat(content)
                    .as(
                            "%s is not what KnownKeys gives; this rewrites it: mvn -q test -Dtest=%s -D%s",
                            file, ShippedConfigurationTest.class.getSimpleName(), WRITE)
                    .isEqualTo(wanted);
        }
    }
}
