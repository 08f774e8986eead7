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

class ShippedConfigurationTest {

    private static final Path FILE = Path.of("config/application.properties");

    @Test
    void it_reads_without_problems_and_defines_no_source_and_no_channel() {
        Settings settings = SettingsReader.read(List.of(FILE), Map.of());

        assertThat(settings).isEqualTo(SettingsReader.read(List.of(), Map.of()));
        assertThat(settings.sources()).isEmpty();
        assertThat(settings.channels()).isEmpty();
    }

    @TestFactory
    List<DynamicTest> it_documents_each_key_in_its_tier() throws IOException {
        String content = Files.readString(FILE);
        return KnownKeys.all().stream()
                .map(key -> DynamicTest.dynamicTest(key.pattern(), () -> assertThat(part(content, key.tier()))
                        .contains(documented(key))))
                .toList();
    }

    @Test
    void it_knows_no_other_keys() throws IOException {
        List<String> documented = Files.readAllLines(FILE).stream()
                .filter(line -> line.matches("#[a-z].* =.*"))
                .map(line -> line.substring(1, line.indexOf(" =")))
                .toList();

        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(
                        KnownKeys.all().stream().map(KnownKey::pattern).toList());
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

    /** The lines a key has in the file: what it means, and the key with its default, commented out. */
    private static String documented(KnownKey<?> key) {
        String text = key.fallback().text();
        String note =
                switch (key.fallback().kind()) {
                    case VALUE, NOTHING -> "";
                    case WORDS -> " (default: " + text + ")";
                    case REQUIRED -> " (required)";
                };
        String value = key.fallback().kind() == KnownKey.Fallback.Kind.VALUE ? " " + text : "";
        return "\n# " + key.meaning() + note + (key.secret() ? " [secret]" : "")
                + (NotYetOffered.hasNoEffect(key) ? " [not in this version yet]" : "") + "\n#" + key.pattern() + " ="
                + value + "\n";
    }

    private static String part(String content, KnownKey.Tier tier) {
        int start = content.indexOf("== " + tier);
        assertThat(start).as("heading of " + tier).isNotNegative();
        int end = content.indexOf("== ", start + 1);
        return content.substring(start, end < 0 ? content.length() : end);
    }
}
