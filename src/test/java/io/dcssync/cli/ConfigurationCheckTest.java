package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.GivenSettings;
import io.dcssync.doctor.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationCheckTest {

    private static final String CHANNEL = "alert.ops.uri = https://hooks.example/T0K3N";

    @Test
    void a_sound_configuration_is_told_by_its_files_sources_and_channels() {
        assertThat(found("https://dcs.example", CHANNEL))
                .containsExactly(Finding.ok("a.properties; sources: prod; channels: ops"));
    }

    @Test
    void credentials_that_would_travel_unencrypted_are_told() {
        String[] keys = {CHANNEL, "source.prod.auth = aksk", "source.prod.access-key = A", "source.prod.secret-key = S"
        };

        assertThat(found("http://dcs.example", keys))
                .contains(
                        Finding.warn(
                                "source.prod.endpoint is http: and not this machine, so that what shows who asks travels unencrypted; use https:"));
        assertThat(found("http://127.0.0.1:8080", keys)).hasSize(1);
        assertThat(found("http://dcs.example", CHANNEL)).hasSize(1);
    }

    @Test
    void what_a_collector_wants_to_see_and_would_travel_unencrypted_is_told() {
        assertThat(found("https://dcs.example", CHANNEL, "otel.endpoint = http://collector", "otel.headers = A=b"))
                .contains(
                        Finding.warn(
                                "otel.endpoint is http: and not this machine, so that otel.headers travels unencrypted; use https:"));
        assertThat(found("https://dcs.example", CHANNEL, "otel.endpoint = http://[::1]:4318", "otel.headers = A=b"))
                .hasSize(1);
        assertThat(found("https://dcs.example", CHANNEL, "otel.endpoint = http://collector"))
                .hasSize(1);
    }

    @Test
    void failures_of_which_nobody_would_be_told_are_told() {
        assertThat(found("https://dcs.example")).element(1).asString().contains("no channel, so that nobody is told");
        assertThat(found("https://dcs.example", CHANNEL, "alert.ops.on = missing"))
                .element(1)
                .asString()
                .contains("no channel asks for failed");
        assertThat(found("https://dcs.example", "alert.ops.uri = log:alerts"))
                .element(1)
                .asString()
                .contains("all alerts go to the log");
    }

    @Test
    void sources_that_are_not_read_are_told_and_without_any_other_nothing_works() {
        assertThat(found("https://dcs.example", CHANNEL, "source.prod.enabled = false"))
                .extracting(Finding::verdict)
                .containsExactly(Finding.Verdict.FAIL, Finding.Verdict.WARN);
    }

    @Test
    void sources_that_are_to_be_found_are_sources_whether_they_are_found_or_not() {
        String[] keys = {
            CHANNEL,
            "source.prod.enabled = false",
            "source.all.endpoint = http://dcs.eu-de.example.com",
            "source.all.projects = discover",
            "source.all.access-key = A",
            "source.all.secret-key = S",
            "source.all.iam-endpoint = https://iam.example.com"
        };

        assertThat(found("https://dcs.example", keys))
                .first()
                .isEqualTo(Finding.ok("a.properties; sources: those found for all; channels: ops"));
        assertThat(found("https://dcs.example", keys))
                .extracting(Finding::text)
                .anyMatch(text -> text.startsWith("source.all.endpoint is http:"));
    }

    private static List<Finding> found(String endpoint, String... lines) {
        List<Finding> findings = new ArrayList<>();
        new ConfigurationCheck(List.of(Path.of("a.properties")), GivenSettings.source(endpoint, lines))
                .make(findings::add);
        return findings;
    }
}
