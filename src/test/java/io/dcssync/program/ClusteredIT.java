package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code run} with {@code schedule.store=jdbc}: nodes that share the triggers in the database. */
class ClusteredIT {

    private static final String EVERY_SECOND = "* * * * * ?";
    private static final String AT_NEW_YEAR = "0 0 0 1 1 ?";

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final ScriptedDcs dcs = ScriptedDcs.start().has(task("a"));

    private InstalledProgram program;

    @BeforeEach
    void install() {
        program = InstalledProgram.in(folder)
                .on(database)
                .with("schedule.store", "jdbc")
                .with("sync.lease", "3s")
                .with("http.port", 0)
                .with("http.management-port", 0);
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void nodes_share_the_passes_and_take_over_from_one_that_was_killed() {
        reads("one", EVERY_SECOND).reads("two", EVERY_SECOND).reads("three", EVERY_SECOND);
        Running first = program.start("run");
        Running second = program.start("run");
        soon().until(() -> passes(first) >= 3 && passes(second) >= 3);
        assertThat(first.err() + second.err()).doesNotContain("skipped", "WARN", "ERROR");

        dcs.hangsNext(Duration.ofMinutes(1));
        soon().until(() -> holders().size() == 1);
        String source = holders().get(0).get("source").toString();
        Running dead = holders().get(0).get("node").toString().endsWith(":" + first.pid()) ? first : second;
        dead.kill();
        dcs.answersNormally();
        // as if it had been dead for long enough
        database.run(
                "update dcs.qrtz_scheduler_state set last_checkin_time = 0 where instance_name like ?",
                "%:" + dead.pid() + ":%");

        soon().until(() -> (long) database.one(
                        "select count(*) from report.sync_run where source = ?"
                                + " and outcome = 'complete' and run_id > (select max(run_id) from report.sync_run"
                                + " where outcome = 'abandoned' and error_code = 'taken-over')",
                        source)
                >= 2);
        Running left = dead == first ? second : first;
        assertThat(left.err()).contains("taking the source over").doesNotContain("WARN", "ERROR");

        goesOnWhenTheDatabaseComesBack(left);
        assertThat(left.terminate().ended(20).exitCode()).isEqualTo(143);
        assertThat(database.rows("select trigger_name, state from dcs.qrtz_fired_triggers"))
                .as("triggers it has kept")
                .isEmpty();
    }

    @Test
    void what_the_configuration_says_now_is_applied_to_the_triggers_in_the_database() {
        reads("faster", AT_NEW_YEAR)
                .reads("gone", AT_NEW_YEAR)
                .reads("missed", AT_NEW_YEAR)
                .reads("moved", AT_NEW_YEAR);
        Running before = program.start("run");
        soon().until(() -> before.err().contains("running: "));
        assertThat(before.terminate().ended(20).exitCode()).isEqualTo(143);
        long utc = nextTick("moved");
        database.run("update dcs.qrtz_triggers set next_fire_time = next_fire_time - 3 * 365 * 86400000::bigint"
                + " where trigger_name = 'missed'");

        program.without("source.gone.");
        reads("faster", EVERY_SECOND);
        program.with("source.moved.time-zone", "Asia/Kathmandu");
        Running after = program.start("run");
        soon().until(() -> passesOf("faster") >= 2 && passesOf("missed") >= 1);

        assertThat(Duration.ofMillis(utc - nextTick("moved"))).isEqualTo(Duration.ofMinutes(5 * 60 + 45));
        assertThat(database.rows("select job_name from dcs.qrtz_job_details order by 1"))
                .extracting(row -> row.get("job_name"))
                .containsExactly("faster", "missed", "moved");
        assertThat(after.err()).contains("gone: is not read any more");

        // a node that knows one source more
        reads("new", EVERY_SECOND);
        program.start("run");
        soon().until(() -> after.err().contains("new: another node schedules this source") && passesOf("new") >= 1);
        assertThat(passesOf("missed"))
                .as("passes for all ticks that were missed")
                .isEqualTo(1);
        assertThat(passesOf("moved")).isZero();
        assertThat(passesOf("gone")).isZero();
    }

    private void goesOnWhenTheDatabaseComesBack(Running node) {
        database.goesAway();
        soon().until(() -> node.err().contains("gives no connection"));
        database.comesBack();
        // also of a source whose pass could not be said to be over when it was
        for (String source : List.of("one", "two", "three")) {
            long passes = passesOf(source);
            soon().until(() -> passesOf(source) >= passes + 2);
        }
        assertThat(node.err()).containsOnlyOnce("gives no connection").doesNotContain("ERROR");
    }

    private ClusteredIT reads(String source, String schedule) {
        program.reads(source, dcs).with("source." + source + ".schedule", schedule);
        return this;
    }

    private long passes(Running node) {
        return (long) database.one("select count(*) from report.sync_run where node like ?", "%:" + node.pid());
    }

    private long passesOf(String source) {
        return (long) database.one("select count(*) from report.sync_run where source = ?", source);
    }

    private List<Map<String, Object>> holders() {
        return database.rows("select source, node from report.sync_run where outcome = 'running'"
                + " and started_at < now() - interval '1 second'");
    }

    private long nextTick(String source) {
        return (long) database.one("select next_fire_time from dcs.qrtz_triggers where trigger_name = ?", source);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(90)).ignoreExceptions();
    }
}
