package io.dcssync.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import io.dcssync.simulator.ScriptedReceiver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedDcsIT {

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final ScriptedReceiver ops = ScriptedReceiver.start();

    private InstalledProgram program;

    @BeforeEach
    void install() {
        program = InstalledProgram.in(folder).on(database);
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void a_still_list_is_read_whole_and_a_living_one_keeps_the_promises() {
        Running still = program.start("simulate", "--port", "0", "--tasks", "300", "--seed", "7", "--speed", "0");
        program.reads("still", url(still));
        assertThat(program.run("sync").exitCode()).isZero();
        assertThat(database.one("select count(*) from report.task where source = 'still'"))
                .isEqualTo(300L);
        Ended stopped = still.terminate().ended(10);
        assertThat(stopped.exitCode()).isEqualTo(143);
        assertThat(stopped.out().lines()).hasSize(1);

        Running living = program.start("simulate", "--port", "0", "--tasks", "300", "--seed", "7", "--speed", "50");
        String url = url(living);
        program.reads("living", url)
                .with("source.living.page-size", 50)
                .with("alert.ops.uri", ops.url())
                .with("alert.ops.digest-above", 0);
        Ended first = program.run("sync", "--source", "living");
        await().atMost(Duration.ofSeconds(30)).until(() -> failuresListed(url) > failuresStored() + 3);
        Ended second = program.run("sync", "--source", "living");
        living.terminate().ended(10);
        // a list that lives so fast may make a pass suspect, not more
        assertThat(first.out()).doesNotContain("failed");
        assertThat(second.out()).doesNotContain("transitions 0;").contains("pending 0, dead 0");
        assertThat(database.one("""
                        select count(*) from
                          (select seq, from_status, row_number() over w as nth, lag(to_status) over w as before
                           from report.task_transition window w as (partition by source, task_id order by seq)) t
                        where seq <> nth or from_status is distinct from before
                        """)).as("transitions that do not chain").isEqualTo(0L);
        assertThat(database.one("""
                        select count(*) from report.task t join report.task_transition n using (source, task_id)
                        where n.seq = (select max(seq) from report.task_transition m
                                       where m.source = t.source and m.task_id = t.task_id)
                          and n.to_status <> t.status
                        """))
                .as("tasks whose status is not that of their last transition")
                .isEqualTo(0L);
        assertThat(database.rows("select transition_id::text as id from report.task_transition where source = 'living'"
                        + " and to_class = 'failed' and (from_class is distinct from 'failed'"
                        + " or from_status = to_status) order by 1"))
                .as("new failures, each with its one alert")
                .isEqualTo(database.rows(
                        "select transition_id::text as id from report.alert where kind = 'failed' order by 1"));
        assertThat(ops.received())
                .extracting(delivery -> delivery.headers().get("webhook-id"))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(3);
        assertThat(database.one("select bool_and(tasks_read = inserted + changed + unchanged + duplicates + rejected)"
                        + " from report.sync_run"))
                .isEqualTo(true);
    }

    /** The first line that it prints. */
    private static String url(Running simulator) {
        await().until(() -> simulator.out().contains("\n"));
        return simulator.out().lines().findFirst().orElseThrow();
    }

    private long failuresStored() {
        return (long)
                database.one("select count(*) from report.task where source = 'living' and status_class = 'failed'");
    }

    private static long failuresListed(String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url + "/v2/" + ScriptedDcs.PROJECT + "/migration-tasks?limit=1000"))
                .build();
        // else it would ask for an upgrade to HTTP/2, which the JDK's client and Vert.x do not always agree on
        String list = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, BodyHandlers.ofString())
                .body();
        return list.split("\"status\":\"(FAILED|ERROR|MIGRATION_FAILED)\"", -1).length - 1L;
    }
}
