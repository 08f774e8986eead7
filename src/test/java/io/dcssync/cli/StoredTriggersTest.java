package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.Auth;
import io.dcssync.config.SourceSettings;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredTriggersTest {

    @ParameterizedTest
    @ValueSource(strings = {"+05:45", "UTC+05:45", "GMT+05:45"})
    void an_offset_is_no_silent_gmt(String offset) {
        TimeZone zone = StoredTriggers.zone(in(offset));

        // Camel and Quartz know it by its name only
        assertThat(TimeZone.getTimeZone(zone.getID()).getRawOffset())
                .isEqualTo((int) Duration.ofMinutes(5 * 60 + 45).toMillis());
    }

    @Test
    void a_region_keeps_its_name() {
        assertThat(StoredTriggers.zone(in("Europe/Berlin")).getID()).isEqualTo("Europe/Berlin");
        assertThat(StoredTriggers.zone(in("UTC")).getID()).isEqualTo("UTC");
    }

    private static SourceSettings in(String zone) {
        return new SourceSettings(
                "prod",
                URI.create("https://dcs.example.com"),
                "p1",
                new Auth.None(),
                List.of(),
                Optional.empty(),
                "0 0 3 * * ?",
                ZoneId.of(zone),
                1000,
                10,
                Optional.empty(),
                Duration.ofSeconds(30),
                5,
                10,
                true);
    }
}
