package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.GivenSettings;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TimetableTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

    @Test
    void the_next_pass_is_due_by_the_clock_of_the_sources_zone() {
        assertThat(json(NOON, "source.prod.schedule = 0 30 18 * * ?", "source.prod.time-zone = Asia/Kathmandu"))
                .isEqualTo("[{\"source\":\"prod\",\"project_id\":\"p1\",\"next_at\":\"2026-11-24T12:45:00Z\"}]");
    }

    @Test
    void a_schedule_that_is_over_has_no_next_and_a_source_that_is_off_no_row() {
        Clock later = Clock.fixed(Instant.parse("2100-01-01T00:00:00Z"), ZoneOffset.UTC);
        assertThat(json(later, "source.prod.schedule = 0 0 0 1 1 ? 2099")).contains("\"next_at\":null");
        assertThat(json(NOON, "source.prod.enabled = false")).isEqualTo("[]");
    }

    private static String json(Clock clock, String... lines) {
        return new Timetable(GivenSettings.source("http://127.0.0.1:1", lines).sources(), clock).json();
    }
}
