package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import io.dcssync.simulator.ScriptedReceiver;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstAndLaterPassesIT {

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
                .with("source.prod.page-size", 4)
                .with("source.prod.page-overlap", 1)
                .with("alert.ops.uri", ops.url() + "/hook");
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void the_list_becomes_rows_and_a_pass_that_finds_nothing_new_writes_nothing() {
        dcs.has(
                task("a").migrating(),
                task("b").succeeded(),
                task("c").terminated(),
                task("d").status("PAUSED_BY_MOON"),
                task("e").without("status"),
                task("f").migrating().named("with\ttab and \u00fc"));

        Ended first = program.run("sync", "--log-format", "json");

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out())
                .matches("prod: complete in [0-9.]+ s; read 8, new 6, changed 0, unchanged 0, duplicates 2, rejected 0,"
                        + " missing 0, transitions 6; alerts sent 0, pending 0, dead 0\\R");
        assertThat(database.rows(
                        "select task_id || ' ' || status || ' ' || status_class as t from report.task order by 1"))
                .extracting(row -> row.get("t"))
                .containsExactly(
                        "a MIGRATING active",
                        "b SUCCESS succeeded",
                        "c TERMINATED ended",
                        "d PAUSED_BY_MOON unknown",
                        "e UNKNOWN unknown",
                        "f MIGRATING active");
        assertThat(database.one("select count(*) from report.task_transition where from_status is null and seq = 1"
                        + " and observed_after is null"))
                .isEqualTo(6L);
        assertThat(database.one("select task_name from report.task where task_id = 'f'"))
                .isEqualTo("with\ttab and \u00fc");
        Map<String, Object> written = writes();

        Ended second = program.run("sync");

        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.out())
                .matches("prod: complete in [0-9.]+ s; read 8, new 0, changed 0, unchanged 6, duplicates 2, rejected 0,"
                        + " missing 0, transitions 0; alerts sent 0, pending 0, dead 0\\R");
        assertThat(writes()).isEqualTo(written);
        assertThat(database.one(
                        "select count(*) from report.sync_run where outcome = 'complete' and trigger = 'sync' and"
                                + " tasks_read = inserted + changed + unchanged + duplicates + rejected and pages = 3"
                                + " and requests = 3 and retries = 0 and reported_count = 6 and error_code is null"))
                .isEqualTo(2L);
        assertThat(ops.received()).isEmpty();
    }

    /** What was ever written to the tables of tasks, as the server counts it. */
    private Map<String, Object> writes() {
        // a backend hands in its counts when it ends, a moment after its client has gone
        await().until(() -> database.one("select count(*) from pg_stat_activity where datname = current_database()")
                .equals(1L));
        return database.rows("select sum(n_tup_ins) as ins, sum(n_tup_upd) as upd, sum(n_tup_del) as del"
                        + " from pg_stat_user_tables where schemaname = 'dcs'"
                        + " and relname in ('task', 'task_version', 'transition', 'absence', 'alert')")
                .get(0);
    }
}
