package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dcssync.browser.MadeUpLedger;
import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code report}, on a ledger of two passes, which it only reads. */
@TestInstance(Lifecycle.PER_CLASS)
class ReportIT {

    private static final String HOSTILE = "=<script>alert('x')</script>\u202e";

    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final ScriptedDcs dcs = ScriptedDcs.start();

    private InstalledProgram program;

    @BeforeAll
    void live(@TempDir Path shared) {
        folder = shared;
        program = InstalledProgram.in(folder).on(database).reads("prod", dcs);
        dcs.has(
                task("a").named("orders-cache").migrating(),
                task("b").named(HOSTILE).migrating(),
                task("c").named("old").succeeded());
        assertThat(program.run("sync").exitCode()).isZero();
        dcs.set(task("a").named("orders-cache").failed("connection to 10.0.0.7:6379 refused"));
        dcs.set(task("b").named(HOSTILE).failed("connection to 10.0.0.8:6379 refused"));
        assertThat(program.run("sync").exitCode()).isZero();
    }

    @AfterAll
    void kill() {
        program.close();
    }

    @Test
    void text_tells_what_is_failed_and_why_on_a_screen() {
        Ended report = program.run("report");

        assertThat(report.exitCode()).as(report.err()).isZero();
        assertThat(report.out())
                .contains("FAILED NOW: 2", "orders-cache", "connection to 10.0.0.7:6379 refused")
                .contains("STATUS NOW: 3 tasks listed", "█")
                .contains("SINCE THEN: 5 changes of status, 2 failures, 1 successes, 3 tasks seen for the first time")
                .containsPattern("2 +connection to <address> refused")
                .containsPattern("prod +\\d+ (s|min) ago +2 +2")
                .doesNotContain("\u202e");
        assertThat(report.out().lines()).allMatch(line -> line.length() <= 122);
    }

    @Test
    void json_is_the_same_for_programs() throws Exception {
        JsonNode report = new ObjectMapper()
                .readTree(program.run("report", "--format", "json").out());

        assertThat(report.at("/failed_count").asInt()).isEqualTo(2);
        assertThat(report.at("/reasons/0/reason").asText()).isEqualTo("connection to <address> refused");
        assertThat(report.at("/changes/failures").asInt()).isEqualTo(2);
        assertThat(report.at("/sources/0/whole_passes").asInt()).isEqualTo(2);
    }

    @Test
    void csv_has_a_line_for_each_task_and_nothing_that_a_spreadsheet_would_run() {
        String csv = program.run("report", "--format", "csv").out();

        assertThat(csv)
                .startsWith("source,project_id,task_id,task_name,status,")
                .contains("\"'=<script>");
        assertThat(csv.lines()).hasSize(4);
    }

    @Test
    void html_is_one_file_that_asks_for_nothing_and_runs_nothing() throws Exception {
        Path file = folder.resolve("r.html");

        Ended report = program.run("report", "--format", "html", "--out", file.toString());

        assertThat(report.exitCode()).as(report.err()).isZero();
        assertThat(report.out()).isEmpty();
        assertThat(Files.readString(file))
                .startsWith("<!DOCTYPE html>")
                .contains("orders-cache", "=&lt;script&gt;", "connection to &lt;address&gt; refused")
                .doesNotContain("<script", "src=", "href=", "url(", "@import");
    }

    @Test
    void what_happened_before_is_left_out_and_what_is_failed_now_is_not() throws Exception {
        String now = (String) database.one("select dcs.rfc3339(clock_timestamp())");

        String json = program.run("report", "--format", "json", "--since", now).out();

        JsonNode report = new ObjectMapper().readTree(json);
        assertThat(report.at("/changes/transitions").asInt()).isZero();
        assertThat(report.at("/failed_count").asInt()).isEqualTo(2);
        assertThat(program.run("report", "--format", "csv", "--since", now)
                        .out()
                        .lines())
                .hasSize(3);
    }

    @Test
    void csv_of_many_tasks_has_each_once_and_says_on_a_terminal_how_far_it_is() throws Exception {
        try (TestDatabase large = TestDatabase.fresh()) {
            MadeUpLedger.fill(large, 4500);
            Path file = folder.resolve("large.csv");
            Ended report = program.on(large)
                    .startShell("JAVA_OPTS=\"$JAVA_OPTS -Ddcs-sync.terminal=true\" \"$PROGRAM\" report --since 3650d"
                            + " --format csv --out '" + file + "' --config \"$CONFIG\"")
                    .ended();
            program.on(database);

            assertThat(report.exitCode()).as(report.err()).isZero();
            assertThat(report.err()).contains("report: asking the ledger");
            List<String> tasks = Files.readAllLines(file).stream()
                    .skip(1)
                    .map(line -> line.split(",", 4)[2])
                    .toList();
            assertThat(tasks)
                    .doesNotHaveDuplicates()
                    .hasSize(((Number) large.one("select count(*) from report.task")).intValue());
        }
    }

    @Test
    void a_report_that_cannot_be_written_is_told() {
        Ended report = program.run("report", "--out", "/dev/full");

        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(report.err()).contains("the report cannot be written to /dev/full", "No space left");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "csv"})
    void one_that_standard_output_does_not_take_is_told(String format) {
        Ended report = program.startShell(
                        "\"$PROGRAM\" report --format " + format + " --config \"$CONFIG\" > /dev/full")
                .ended();

        assertThat(report.exitCode()).as(report.err()).isEqualTo(1);
        assertThat(report.err()).contains("the report cannot be written to standard output");
    }

    @Test
    void what_cannot_be_meant_is_told() {
        Ended time = program.run("report", "--since", "yesterday");
        assertThat(time.exitCode()).isEqualTo(2);
        assertThat(time.err()).contains("--since is 'yesterday'", "24h, 7d");

        Ended source = program.run("report", "--source", "prd");
        assertThat(source.exitCode()).isEqualTo(2);
        assertThat(source.err()).contains("no source 'prd'", "there are: prod");

        Ended out = program.run("report", "--out", folder.resolve("none/r.txt").toString());
        assertThat(out.exitCode()).isEqualTo(2);
        assertThat(out.err()).contains("--out is", "a folder that exists");
    }
}
