package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ReceivedRequest;
import io.dcssync.simulator.ScriptedDcs;
import io.dcssync.simulator.ScriptedReceiver;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand alerts that have waited for their receiver, when it is back. */
class BacklogIT {

    private static final int ALERTS = 10_000;
    private static final int ENOUGH = 1000;

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final ScriptedDcs burnt = ScriptedDcs.start();

    @AutoClose
    private final ScriptedDcs calm = ScriptedDcs.start();

    @AutoClose
    private final ScriptedReceiver ops = ScriptedReceiver.start();

    @Test
    void it_drains_while_passes_go_on_by_their_schedule() {
        try (InstalledProgram program = InstalledProgram.in(folder).on(database)) {
            program.reads("burnt", burnt)
                    .with("alert.ops.uri", ops.url())
                    .with("alert.ops.first-sync", "each")
                    .with("alert.ops.digest-above", 0);
            burnt.has(IntStream.range(0, ALERTS)
                    .mapToObj(i -> task("t" + i).failed("x"))
                    .toList());
            ops.answersNext(503, "Retry-After", "3600");
            assertThat(program.run("sync").out()).contains("alerts sent 0, pending " + ALERTS);
            database.run(
                    "update dcs.alert set next_attempt_at = now() where state = 'pending'"); // as if time had passed

            calm.has(task("a").migrating());
            Running running = program.with("source.burnt.enabled", false)
                    .reads("calm", calm)
                    .with("source.calm.schedule", "* * * * * ?")
                    .with("http.port", 0)
                    .with("http.management-port", 0)
                    .start("run");
            await().until(() -> ops.received().size() > ENOUGH && passes("complete") >= 4);

            assertThat(database.one("select count(*) > 0 from report.alert where state = 'pending'"))
                    .as("the backlog is still there")
                    .isEqualTo(true);
            assertThat(running.terminate().ended(30).exitCode()).isEqualTo(143);
            assertThat(passes("failed")).isZero();
            assertThat(database.one("select max(finished_at - started_at) < interval '10 s' from report.sync_run"
                            + " where source = 'calm'"))
                    .isEqualTo(true);
            List<String> ids = ops.received().stream()
                    .skip(1)
                    .map(ReceivedRequest::headers)
                    .map(headers -> headers.get("webhook-id"))
                    .toList();
            assertThat(ids).doesNotHaveDuplicates();
        }
    }

    private long passes(String outcome) {
        return (long)
                database.one("select count(*) from report.sync_run where source = 'calm' and outcome = ?", outcome);
    }
}
