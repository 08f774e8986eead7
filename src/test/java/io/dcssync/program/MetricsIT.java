package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import io.dcssync.simulator.ScriptedReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command {@code run} tells Prometheus, by the names that rules and dashboards rely on. */
class MetricsIT {

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final ScriptedDcs dcs = ScriptedDcs.start();

    @AutoClose
    private final ScriptedReceiver ops = ScriptedReceiver.start();

    private InstalledProgram program;

    @BeforeEach
    void install() {
        program = InstalledProgram.in(folder)
                .on(database)
                .reads("prod", dcs)
                .with("source.prod.schedule", "* * * * * ?")
                .with("source.idle.endpoint", dcs.url())
                .with("source.idle.project-id", "another-project")
                .with("source.idle.auth", "none")
                .with("source.idle.schedule", "0 0 0 1 1 ?")
                .with("alert.ops.uri", ops.url() + "/a-secret-path")
                .with("alert.ops.first-sync", "each")
                .with("http.port", 0)
                .with("http.management-port", 0);
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void passes_tasks_transitions_and_alerts_are_measured() throws Exception {
        dcs.has(task("a").failed("x"), task("b").migrating(), task("c").migrating());
        Running run = program.start("run");
        await().until(() -> measured(run, "dcs_sync_passes_total{outcome=\"complete\",source=\"prod\"}") >= 2
                && measured(run, "dcs_sync_alerts{channel=\"ops\",state=\"delivered\"}") == 1);

        assertThat(measured(run, "dcs_sync_passes_total{outcome=\"failed\",source=\"prod\"}"))
                .isZero();
        assertThat(measured(run, "dcs_sync_passes_total{outcome=\"complete\",source=\"idle\"}"))
                .isZero();
        assertThat(measured(run, "dcs_sync_pass_duration_seconds_count{source=\"prod\"}"))
                .isGreaterThanOrEqualTo(2);
        assertThat(measured(run, "dcs_sync_transitions_total{source=\"prod\"}")).isEqualTo(3);
        assertThat(measured(run, "dcs_sync_tasks{source=\"prod\",status_class=\"active\"}"))
                .isEqualTo(2);
        assertThat(measured(run, "dcs_sync_tasks{source=\"prod\",status_class=\"failed\"}"))
                .isEqualTo(1);
        assertThat(measured(run, "dcs_sync_alerts{channel=\"ops\",state=\"pending\"}"))
                .isZero();
        assertThat(measured(run, "dcs_sync_alert_delivery_seconds_count{channel=\"ops\"}"))
                .isEqualTo(1);
        assertThat(measured(run, "dcs_sync_last_complete_pass_age_seconds{source=\"prod\"}"))
                .isBetween(0.0, 60.0);
        assertThat(measured(run, "dcs_sync_last_complete_pass_age_seconds{source=\"idle\"}"))
                .isNaN();
        assertThat(measured(run, "dcs_sync_failed_passes_in_a_row{source=\"prod\"}"))
                .isZero();
        assertThat(measured(run, "dcs_sync_ledger_up")).isEqualTo(1);
        assertThat(measured(run, "hikaricp_connections_max{pool=\"ledger\"}")).isPositive();
        assertThat(scrape(run))
                .contains("dcs_sync_http_requests_seconds_count{client=\"source-prod\"")
                .contains("dcs_sync_http_requests_seconds_count{client=\"channel-ops\"")
                .doesNotContain("a-secret-path");
    }

    @Test
    void what_the_rules_and_the_page_of_operations_name_is_there() throws Exception {
        dcs.has(task("a").failed("x"));
        Running run = program.start("run");
        await().until(() -> measured(run, "dcs_sync_alert_delivery_seconds_count{channel=\"ops\"}") == 1);

        String scraped = scrape(run);
        for (String page : List.of(
                "docs/operations.md",
                "config/prometheus/dcs-sync.rules.yml",
                "config/prometheus/failed-tasks.rules.yml")) {
            assertThat(Pattern.compile("dcs_sync_\\w+")
                            .matcher(Files.readString(Path.of(page)))
                            .results())
                    .as(page)
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(scraped).contains("\n" + name.group()));
        }
    }

    @Test
    void a_ledger_that_is_gone_shows_while_ages_go_on() throws Exception {
        dcs.has(task("a").migrating());
        Running run = program.start("run");
        String age = "dcs_sync_last_complete_pass_age_seconds{source=\"prod\"}";
        await().until(() -> measured(run, age) >= 0);

        database.run("alter schema dcs rename to elsewhere");
        await().until(() -> measured(run, "dcs_sync_ledger_up") == 0);
        double then = measured(run, age);

        await().until(() -> measured(run, age) > then);
        assertThat(measured(run, "dcs_sync_tasks{source=\"prod\",status_class=\"active\"}"))
                .isEqualTo(1);
    }

    @Test
    void passes_that_fail_in_a_row_are_counted_whatever_the_schedule() throws Exception {
        dcs.has(task("a").migrating());
        dcs.failsNext(1000, 403);
        Running run = program.start("run");

        await().until(() -> measured(run, "dcs_sync_failed_passes_in_a_row{source=\"prod\"}") >= 1);
    }

    private static double measured(Running run, String series) throws IOException, InterruptedException {
        Matcher line =
                Pattern.compile("(?m)^" + Pattern.quote(series) + " (\\S+)$").matcher(scrape(run));
        return line.find() ? Double.parseDouble(line.group(1)) : -1;
    }

    private static String scrape(Running run) throws IOException, InterruptedException {
        return Serving.askedOf(run, "/metrics");
    }
}
