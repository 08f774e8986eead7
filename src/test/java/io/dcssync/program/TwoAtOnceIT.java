package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import io.dcssync.simulator.ScriptedReceiver;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoAtOnceIT {

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
    void the_second_waits_for_the_first_says_so_and_makes_a_pass_of_its_own() {
        CountDownLatch secondWaits = new CountDownLatch(1);
        dcs.has(task("a"), task("b"), task("c").failed("x")).between((request, list) -> {
            if (request == 1) {
                dcs.waitsNext(secondWaits);
            }
        });
        Running first = program.start("sync");
        await().until(() -> dcs.requests().size() == 2);
        Running second = program.start("sync");
        await().until(() -> second.err().contains("waiting for pass"));
        secondWaits.countDown();

        assertThat(first.ended().exitCode()).isZero();
        assertThat(second.ended().exitCode()).isZero();

        assertThat(second.err().lines())
                .singleElement()
                .asString()
                .endsWith("prod: waiting for " + holder() + " to end");
        assertThat(second.out()).startsWith("prod: complete").contains("new 0", "unchanged 3");
        assertThat(database.one("select count(*) from report.sync_run a join report.sync_run b"
                        + " on a.run_id < b.run_id and a.finished_at <= b.started_at"
                        + " where a.outcome = 'complete' and b.outcome = 'complete'"))
                .isEqualTo(1L);
        assertThat(ops.received()).hasSize(1);
    }

    private String holder() {
        return (String)
                database.one("select 'pass ' || run_id || ' of ' || node from report.sync_run order by run_id limit 1");
    }
}
