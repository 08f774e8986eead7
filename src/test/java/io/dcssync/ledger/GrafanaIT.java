package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The panels of the dashboards for Grafana, each asked as Grafana asks it, by a reader, of a ledger that has a past. */
class GrafanaIT {

    private static final Path DASHBOARDS = Path.of("config/grafana/dashboards");

    private static TestLedger ledger;

    record Panel(String dashboard, String title, String format, String sql) {

        @Override
        public String toString() {
            return dashboard + ": " + title;
        }
    }

    @BeforeAll
    static void a_ledger_with_a_past() {
        ledger = new TestLedger(TestLedger.channel("ops"));
        LivedIn.live(ledger, 1, 30);
        LivedIn.daysGoBy(ledger.database(), 3);
        LivedIn.live(ledger, 2, 30);
        ledger.isRefused(ledger.claims("ops", 1).get(0), "HTTP 410");
        TestPass pass = ledger.opens("prod")
                .with("rejected", "[{\"fingerprint\": \"f\", \"reason\": \"no task_id\", \"raw\": \"{}\"}]");
        pass.lists(task("new").status("A_NEW_ONE"));
        pass.ends("failed");
        ledger.database().run("grant dcs_reader to current_user");
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    static List<Panel> panels() throws IOException {
        List<Panel> panels = new ArrayList<>();
        for (String name : List.of("migrations", "sync-health")) {
            JsonNode dashboard = read(name);
            for (JsonNode panel : dashboard.get("panels")) {
                for (JsonNode target : panel.get("targets")) {
                    panels.add(new Panel(
                            name,
                            panel.get("title").asText(),
                            target.get("format").asText(),
                            target.get("rawSql").asText()));
                }
            }
        }
        return panels;
    }

    @ParameterizedTest
    @MethodSource("panels")
    void a_panel_shows_something(Panel panel) throws SQLException {
        try (Connection connection = ledger.database().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set role dcs_reader");
            try (ResultSet answer = statement.executeQuery(asGrafanaAsks(panel.sql()))) {
                assertThat(answer.next()).as("an answer").isTrue();
                if (panel.format().equals("time_series")) {
                    assertThat(answer.getMetaData().getColumnLabel(1)).isEqualTo("time");
                }
            }
        }
    }

    @Test
    void all_panels_ask_the_provisioned_source_and_have_places_of_their_own() throws IOException {
        for (String name : List.of("migrations", "sync-health")) {
            List<JsonNode> panels = new ArrayList<>();
            read(name).get("panels").forEach(panels::add);

            assertThat(panels)
                    .extracting(panel -> panel.at("/datasource/uid").asText())
                    .containsOnly("dcs-sync");
            assertThat(panels).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
            assertThat(panels)
                    .extracting(panel -> panel.get("gridPos").toString())
                    .doesNotHaveDuplicates();
        }
    }

    private static JsonNode read(String dashboard) throws IOException {
        return new ObjectMapper()
                .readTree(DASHBOARDS.resolve(dashboard + ".json").toFile());
    }

    /** With its macros and variables replaced, for all sources and the last week. */
    private static String asGrafanaAsks(String sql) {
        String asked = sql.replaceAll(
                        "\\$__timeFilter\\((\\w+)\\)",
                        "$1 between now() - interval '7 days' and now() + interval '1 day'")
                .replaceAll(
                        "\\$__timeGroupAlias\\((\\w+), \\$__interval\\)",
                        "floor(extract(epoch from $1) / 3600) * 3600 as \"time\"")
                .replace("${source:sqlstring}", "'prod','test'");
        assertThat(Stream.of(asked.split("\\s+"))).noneMatch(word -> word.contains("$"));
        return asked;
    }
}
