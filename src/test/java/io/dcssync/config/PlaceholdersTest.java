package io.dcssync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholdersTest {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "{{env:TEAM}}, blue",
        "{{env:my-team}}, green",
        "a-{{env:TEAM}}-{{env:TEAM}}, a-blue-blue",
        "{{env:NONE:red}}, red",
        "{{env:NONE:a:b}}, a:b",
        "{{env:TEAM:red}}, blue",
        "{{?env:TEAM}}, blue",
        "x{{?env:NONE}}y, xy",
        "x{{?no.key}}y, xy",
        "{{my.key}}, mine",
        "{{no.key:other}}, other",
        "{{no.key:{{my.key}}}}, mine",
        "{{my.{{env:WHICH}}}}, mine",
        "{{indirect}}, mine",
        "{{overridden}}, by-env",
    })
    void fills_in(String text, String expected) {
        assertThat(configuration(text).source().nameFilter()).contains(expected);
    }

    @Test
    void an_optional_one_without_value_makes_the_key_absent() {
        assertThat(configuration("{{?env:NONE}}").source().nameFilter()).isEmpty();
        assertThat(configuration("{{?no.key}}").source().nameFilter()).isEmpty();
        assertThat(new Configuration(folder)
                        .prodAnd("source.prod.page-size = {{?no.key}}")
                        .source()
                        .pageSize())
                .isEqualTo(1000);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{{env:NONE}} | environment variable NONE is not set",
                "{{no.key}} | there is no key no.key to take it from",
                "{{circle.a}} | {{circle.a}} leads back to itself",
                "a{{b | {{ without }} after it",
                "a}}b | }} without {{ before it",
                "{{sys:user.name}} | {{sys:…}} cannot be used here, only {{env:NAME}} and {{other.key}}",
            })
    void one_that_cannot_be_filled_in_is_an_error(String text, String reason) {
        assertThat(configuration(text).problems())
                .containsExactly("source.prod.name-filter = " + text + " (1.properties:4): " + reason);
    }

    private Configuration configuration(String nameFilter) {
        return new Configuration(folder)
                .prodAnd(
                        "source.prod.name-filter = " + nameFilter,
                        "my.key = mine",
                        "indirect = {{my.key}}",
                        "overridden = by-file",
                        "circle.a = {{circle.b}}",
                        "circle.b = {{circle.a}}")
                .environment("OVERRIDDEN", "by-env")
                .environment("TEAM", "blue")
                .environment("MY_TEAM", "green")
                .environment("WHICH", "key");
    }
}
