package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.raw;
import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OddEntriesIT {

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final ScriptedDcs dcs = ScriptedDcs.start();

    private InstalledProgram program;

    @BeforeEach
    void install() {
        program = InstalledProgram.in(folder).on(database).reads("prod", dcs).with("source.prod.page-overlap", 0);
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void what_can_be_taken_is_taken_and_the_rest_is_kept_with_its_reason() {
        dcs.has(List.of(
                task("good").migrating(),
                raw("null"),
                raw("42"),
                raw("\"x\""),
                raw("{}"),
                raw("{\"task_id\":null}"),
                raw("{\"task_id\":\"\"}"),
                raw("{\"task_id\":[\"a\"],\"status\":\"FAILED\"}"),
                raw("[]"),
                raw("{\"task_id\":\"nul\\u0000id\",\"status\":\"FAI\\u0000LED\",\"odd\\u0000\":\"\\u0000\"}"),
                raw("{\"task_id\":\"half\",\"task_name\":\"a\\ud83dz\",\"status\":\"MIGRATING\"}"),
                raw("{\"task_id\":7,\"task_name\":1.50,\"status\":\"MIGRATING\",\"error_message\":false,"
                        + "\"created_at\":202404011057,\"huge\":1e400}"),
                raw("{\"task_id\":\"twice\",\"status\":\"MIGRATING\"}"),
                raw("{\"task_id\":\"twice\",\"status\":\"SUCCESS\"}"),
                task("long").failed("m".repeat(1_000_000)),
                task("new-fields").with("progress", 17).with("tags", List.of("x", "y")),
                task("odd-status").status("\u5931\u8d25 of 2027"),
                task("no-such-day").with("created_at", "2024-02-30T00:00:00Z")));

        Ended first = program.run("sync");

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).contains("read 18, new 9, changed 0, unchanged 0, duplicates 1, rejected 8");
        assertThat(database.rows("select raw || ' | ' || reason as r from report.rejected_task order by 1"))
                .extracting(row -> row.get("r"))
                .containsExactlyInAnyOrder(
                        "null | not an object",
                        "42 | not an object",
                        "\"x\" | not an object",
                        "[] | not an object",
                        "{} | no task_id",
                        "{\"task_id\":null} | no task_id",
                        "{\"task_id\":\"\"} | no task_id",
                        "{\"task_id\":[\"a\"],\"status\":\"FAILED\"} | task_id is not text");
        assertThat(stored("nul\uFFFDid", "status")).isEqualTo("FAI\uFFFDLED");
        assertThat(stored("nul\uFFFDid", "extra ->> '_replaced'"))
                .isEqualTo("[\"odd\uFFFD\", \"status\", \"task_id\"]");
        assertThat(stored("half", "task_name")).isEqualTo("a\uFFFDz");
        assertThat(stored("7", "task_name || ' ' || error_message || ' ' || created_at_raw"))
                .isEqualTo("1.50 false 202404011057");
        assertThat(stored("7", "created_at = '2024-04-01 10:57Z'")).isEqualTo(true);
        assertThat(stored("long", "length(error_message)")).isEqualTo(1_000_000);
        assertThat(stored("new-fields", "extra ->> 'progress'")).isEqualTo("17");
        assertThat(stored("odd-status", "status_class")).isEqualTo("unknown");
        assertThat(stored("no-such-day", "created_at is null and created_at_raw = '2024-02-30T00:00:00Z'"))
                .isEqualTo(true);
        Object content = content();

        Ended second = program.run("sync");

        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.out())
                .contains("read 18, new 0, changed 0, unchanged 9, duplicates 1, rejected 8, missing 0, transitions 0");
        assertThat(content()).as("the same winner, no new version").isEqualTo(content);
        assertThat(database.one("select min(times) || ' ' || max(times) || ' ' || count(*) from report.rejected_task"))
                .isEqualTo("2 2 8");
    }

    private Object stored(String id, String expression) {
        return database.one("select " + expression + " from report.task where task_id = ?", id);
    }

    private Object content() {
        return database.one(
                "select md5(string_agg(v::text, '' order by task_id, valid_from)) from report.task_version v");
    }
}
