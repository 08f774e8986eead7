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
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program with a database user who owns nothing: the schema is another's, he is a member of dcs_writer. */
class RolesIT {

    private static final String USER = "only_a_writer";

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
        database.run("create role " + USER + " login password 'let-me-write'; grant dcs_writer to " + USER);
        program = InstalledProgram.in(folder)
                .on(database)
                .with("database.user", USER)
                .with("database.password", "let-me-write")
                .with("database.migrate", false)
                .reads("prod", dcs)
                .with("source.prod.schedule", "* * * * * ?")
                .with("alert.ops.uri", ops.url())
                .with("http.port", 0)
                .with("http.management-port", 0);
    }

    @AfterEach
    void kill() {
        program.close();
        database.rows("select pg_terminate_backend(pid) from pg_stat_activity where usename = ?", USER);
        database.run("drop role " + USER);
    }

    @Test
    void it_does_all_its_work_with_the_rights_of_a_writer() throws Exception {
        dcs.has(task("a").failed("x"), task("b").migrating());
        Ended sync = program.run("sync");
        assertThat(sync.exitCode()).as(sync.err()).isZero();
        assertThat(sync.out()).contains("new 2", "alerts sent 1, pending 0");

        Running run = program.start("run");
        dcs.set(task("b").failed("y"));
        await().until(() -> ops.received().size() == 2);
        assertThat(mirrored(run)).contains("\"a\"", "\"b\"");
        Ended ended = run.terminate().ended(20);
        assertThat(ended.exitCode()).isEqualTo(143);
        assertThat(ended.err()).doesNotContain("permission denied", "WARN", "ERROR");

        program.with("database.migrate", true);
        Ended doctor = program.run("doctor");
        assertThat(doctor.exitCode()).as(doctor.out()).isZero();
        assertThat(doctor.out())
                .contains("user only_a_writer", "up to date", "role dcs_writer: is there and writes schema dcs");
        assertThat(program.run("alerts", "retry", "2").out()).contains("retried 1: delivered 1");
    }

    @Test
    void what_is_too_old_it_forgets_where_the_owner_lets_it() {
        dcs.has(task("a").migrating());
        assertThat(program.run("sync").exitCode()).isZero();
        dcs.set(task("a").succeeded());
        assertThat(program.run("sync").exitCode()).isZero();
        database.run("update dcs.transition set observed_at = observed_at - interval '100 days'");
        program.with("retention.transitions", "30d").with("source.prod.schedule", "0 0 0 1 1 ?");

        Running alone = program.start("run");
        await().until(() -> alone.err().contains("is left to the owner of schema dcs"));
        assertThat(alone.terminate().ended(20).err()).doesNotContain("permission denied", "WARN", "ERROR");
        assertThat(transitions()).isEqualTo(2);

        database.run("grant execute on function dcs.prune_history, dcs.prune_runs to dcs_writer");
        Running allowed = program.start("run");
        await().until(() -> transitions() == 1);
        await().until(() -> allowed.err().contains("transitions 1, versions 0, passes 0"));
        assertThat(allowed.terminate().ended(20).exitCode()).isEqualTo(143);
    }

    private long transitions() {
        return (Long) database.one("select count(*) from dcs.transition");
    }

    private static String mirrored(Running run) throws Exception {
        URI list = URI.create(Serving.mirrorOf(run) + "/v2/" + ScriptedDcs.PROJECT + "/migration-tasks");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
