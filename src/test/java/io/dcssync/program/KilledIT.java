package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import io.dcssync.simulator.ScriptedReceiver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledIT {

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
                .with("sync.lease", "3s")
                .with("alert.ops.uri", ops.url() + "/hook");
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void a_pass_that_died_waiting_for_a_page_is_abandoned_and_the_next_one_makes_up_for_it() {
        atTheSecondPage(() -> dcs.hangsNext(A_MINUTE));
        Running dying = program.start("sync");
        await().until(() -> dcs.requests().size() == 2);
        dying.kill();
        dcs.answersNormally();

        Ended next = program.run("sync");

        isMadeUpFor(next);
    }

    @Test
    void a_pass_that_died_while_a_page_was_stored_is_abandoned_and_the_next_one_makes_up_for_it() throws Exception {
        try (Connection blocking = database.dataSource().getConnection()) {
            blocking.setAutoCommit(false);
            atTheSecondPage(() -> lock(blocking));
            Running dying = program.start("sync");
            await().until(() -> database.one("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                            + " and datname = current_database()")
                    .equals(1L));
            dying.kill();
            blocking.rollback();
        }

        Ended next = program.run("sync");

        isMadeUpFor(next);
    }

    @Test
    void an_alert_whose_sender_died_is_sent_again_with_the_same_id() {
        dcs.has(task("a").failed("x"));
        ops.hangsNext(A_MINUTE);
        Running dying = program.start("sync");
        await().until(() -> ops.received().size() == 1);
        dying.kill();
        assertThat(database.one("select state from report.alert where kind = 'digest'"))
                .isEqualTo("pending");
        // as if the time had passed for which the dead process had claimed it
        database.run("update dcs.alert set claimed_until = now() where claim is not null");

        Ended next = program.run("sync");

        assertThat(next.exitCode()).as(next.err()).isZero();
        assertThat(next.out()).contains("alerts sent 1, pending 0, dead 0");
        assertThat(ops.received()).hasSize(2);
        assertThat(ops.received().get(1).headers().get("webhook-id"))
                .isEqualTo(ops.received().get(0).headers().get("webhook-id"));
        assertThat(ops.received().get(1).body()).isEqualTo(ops.received().get(0).body());
    }

    @Test
    void a_process_that_was_killed_while_it_served_leaves_no_files_for_the_time_being_behind() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Running serving = program.with("http.port", 0)
                .with("http.management-port", 0)
                .startShell("JAVA_OPTS=\"$JAVA_OPTS -Djava.io.tmpdir=tmp\" exec \"$PROGRAM\" run --config \"$CONFIG\"");
        URI page = URI.create(Serving.mirrorOf(serving) + "/");
        assertThat(HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                        .body())
                .contains("<html");

        serving.kill();

        assertThat(temporary).isEmptyDirectory();
    }

    /** A list of five tasks on three pages; something happens when the second is asked for. */
    private void atTheSecondPage(Runnable happening) {
        dcs.has(task("a"), task("b").failed("x"), task("c"), task("d").failed("y"), task("e"))
                .between((request, list) -> {
                    if (request == 1) {
                        happening.run();
                    }
                });
    }

    private static void lock(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table dcs.task_version in share mode");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void isMadeUpFor(Ended next) {
        assertThat(next.exitCode()).as(next.err()).isZero();
        assertThat(next.out()).startsWith("prod: complete");
        assertThat(next.err()).contains("prod: pass 1 of ", "has given no sign of life for longer than its lease");
        assertThat(database.rows("select outcome, error_code, finished_at is not null as finished,"
                        + " tasks_read = inserted + changed + unchanged + duplicates + rejected as adds_up"
                        + " from report.sync_run order by run_id"))
                .containsExactly(
                        row("outcome", "abandoned", "error_code", "taken-over", "finished", true, "adds_up", true),
                        row("outcome", "complete", "error_code", null, "finished", true, "adds_up", true));
        assertThat(database.one("select count(*) from report.task")).isEqualTo(5L);
        assertThat(database.one("select sum(transitions) from report.sync_run")).isEqualTo(5L);
        assertThat(database.one("select count(*) || ' ' || max(seq) from report.task_transition"))
                .isEqualTo("5 1");
        assertThat(database.one("select count(*) from report.task_version")).isEqualTo(5L);
        assertThat(database.one("select count(*) from report.alert where kind = 'failed'"))
                .isEqualTo(2L);
        assertThat(database.one("select count(*) from report.alert where state = 'pending'"))
                .isEqualTo(0L);
        assertThat(told()).containsExactlyInAnyOrder("b", "d");
    }

    /** The failed tasks that the receiver was told of, each as often as it was. */
    private List<String> told() {
        return ops.received().stream()
                .flatMap(delivery -> Pattern.compile("\"failure_count\" *: *1.*?\"task_id\" *: *\"(.)\"")
                        .matcher(delivery.body())
                        .results())
                .map(found -> found.group(1))
                .toList();
    }

    private static Map<String, Object> row(Object... columns) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < columns.length; i += 2) {
            row.put((String) columns[i], columns[i + 1]);
        }
        return row;
    }
}
