package io.dcssync.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Where to look, by lines that can be typed as they stand. */
class BannerTest {

    @Test
    void the_ledger_is_reached_by_a_line_for_a_shell_and_by_a_url() {
        assertThat(banner("data/demo/postgres/password", false).lines(new Paint(false)))
                .contains(
                        "  look    http://127.0.0.1:8080/",
                        "  ledger  PGPASSWORD=$(cat data/demo/postgres/password) psql -h 127.0.0.1 -p 5433 -U dcs_sync",
                        "          jdbc:postgresql://127.0.0.1:5433/dcs_sync  (user dcs_sync, password in that file)",
                        "  DCS     curl 'http://127.0.0.1:8079/v2/project-eu/migration-tasks?limit=3'",
                        "  mirror  curl 'http://127.0.0.1:8080/v2/project-eu/migration-tasks?limit=3'",
                        "  health  http://127.0.0.1:9876/observe/health");
    }

    @Test
    void a_path_with_a_space_or_a_quote_is_quoted() {
        assertThat(banner("/home/jo's demo/password", false).lines(new Paint(false)))
                .anyMatch(line -> line.contains("$(cat '/home/jo'\\''s demo/password')"));
    }

    @Test
    void an_endpoint_that_has_a_bad_day_is_not_offered_for_a_look() {
        assertThat(banner("data/demo/postgres/password", true).lines(new Paint(false)))
                .noneMatch(line -> line.contains("curl 'http://127.0.0.1:8079"))
                .anyMatch(line -> line.contains("http://127.0.0.1:8079, which asks for tokens"));
    }

    private static Banner banner(String password, boolean chaos) {
        return new Banner(
                "jdbc:postgresql://127.0.0.1:5433/dcs_sync?sslmode=disable",
                "dcs_sync",
                Path.of(password),
                URI.create("http://127.0.0.1:8079"),
                "project-eu",
                chaos,
                URI.create("http://127.0.0.1:9876/observe"),
                URI.create("http://127.0.0.1:8080"),
                URI.create("http://127.0.0.1:7000/alerts"),
                Path.of("data/demo/alerts.jsonl"));
    }
}
