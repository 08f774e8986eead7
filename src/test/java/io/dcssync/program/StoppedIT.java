package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import io.dcssync.simulator.ScriptedReceiver;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoppedIT {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

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
                .with("source.prod.page-size", 2)
                .with("source.prod.page-overlap", 1)
                .with("alert.ops.uri", ops.url() + "/hook");
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void sigterm_in_mid_pass_gives_the_source_back_at_once() {
        dcs.has(task("a"), task("b"), task("c")).between((request, list) -> {
            if (request == 1) {
                dcs.hangsNext(A_MINUTE);
            }
        });
        Running running = program.start("sync");
        await().until(() -> dcs.requests().size() == 2);

        stopsWithinSeconds(running);

        assertThat(run())
                .containsEntry("outcome", "abandoned")
                .containsEntry("error_code", "stopped")
                .containsEntry("tasks_read", 2);
        dcs.answersNormally();
        Ended next = program.run("sync");
        assertThat(next.exitCode()).as(next.err()).isZero();
        assertThat(next.err()).doesNotContain("waiting");
        assertThat(next.out()).contains("new 1, changed 0, unchanged 2");
    }

    @Test
    void sigterm_while_a_page_is_to_be_asked_for_again_does_not_wait_for_that() {
        dcs.failsNext(100, 503);
        program.with("sync.retry-delay", "30s");
        Running running = program.start("sync");
        await().until(() -> running.err().contains("asking again"));

        stopsWithinSeconds(running);

        assertThat(run()).containsEntry("outcome", "abandoned").containsEntry("error_code", "stopped");
        assertThat(dcs.requests()).hasSize(1);
    }

    @Test
    void sigterm_while_alerts_are_sent_leaves_them_pending() {
        dcs.has(task("a").failed("x"), task("b").failed("y"));
        program.with("alert.ops.first-sync", "each");
        ops.hangsNext(A_MINUTE);
        Running running = program.start("sync");
        await().until(() -> ops.received().size() == 1);

        stopsWithinSeconds(running);

        assertThat(run()).containsEntry("outcome", "complete");
        assertThat(program.run("sync").out()).contains("alerts sent 2, pending 0, dead 0");
        assertThat(ops.received()).hasSize(3);
    }

    @Test
    void sigterm_while_another_pass_is_waited_for_leaves_that_one_alone() {
        dcs.has(task("a")).hangsNext(A_MINUTE);
        Running first = program.start("sync");
        await().until(() -> dcs.requests().size() == 1);
        Running second = program.start("sync");
        await().until(() -> second.err().contains("waiting for pass"));

        stopsWithinSeconds(second);

        assertThat(run()).containsEntry("outcome", "running");
        stopsWithinSeconds(first);
    }

    @Test
    void sigterm_while_it_starts_is_not_lost() throws Exception {
        Running running;
        try (Connection blocking = database.dataSource().getConnection();
                Statement statement = blocking.createStatement()) {
            blocking.setAutoCommit(false);
            statement.execute("lock table dcs.flyway_schema_history");
            running = program.start("sync");
            await().until(() -> database.one("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                            + " and datname = current_database()")
                    .equals(1L));
            running.terminate();
            blocking.rollback();
        }

        stopsWithinSeconds(running);

        assertThat(dcs.requests()).isEmpty();
        assertThat(database.one("select count(*) from report.sync_run")).isEqualTo(0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "demo"})
    void sigterm_while_everything_starts_is_one_calm_line_at_most(String command) {
        program.without("database.").with("http.port", "0").with("http.management-port", "0");
        Running running = program.start(command);
        await().until(() -> running.err().contains("Embedded PostgreSQL started")
                || running.out().contains("starting PostgreSQL"));

        // a database that is being set up is set up first
        stopsWithin(20, running);
    }

    private static void stopsWithinSeconds(Running running) {
        stopsWithin(8, running);
    }

    private static void stopsWithin(int seconds, Running running) {
        List<ProcessHandle> children = running.children();
        Ended ended = running.terminate().ended(seconds);
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(143);
        assertThat(ended.err()).doesNotContain("ERROR", "Exception");
        assertThat(children).noneMatch(ProcessHandle::isAlive);
    }

    private Map<String, Object> run() {
        return database.rows("select outcome, error_code, tasks_read from report.sync_run order by run_id desc limit 1")
                .get(0);
    }
}
