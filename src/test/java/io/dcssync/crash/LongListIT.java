package io.dcssync.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.program.InstalledProgram;
import io.dcssync.program.Running;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of 3,000 tasks that changes between any two of the 30 pages of a pass. */
class LongListIT {

    @TempDir
    private Path folder;

    @Test
    void over_thirty_passes_nothing_is_lost_and_nothing_is_falsely_missing() {
        try (TestDatabase database = TestDatabase.fresh();
                World world = World.ofOneList(5, 3000, 100, database);
                InstalledProgram program =
                        world.configure(InstalledProgram.in(folder).on(database))) {
            Running running = program.start("run");
            await().atMost(Duration.ofSeconds(150)).until(() -> world.wholePasses() >= 30);
            world.comesToRest();
            assertThat(running.terminate().ended(30).exitCode()).isEqualTo(143);

            world.audit().isRight();
            assertThat(database.rows("select distinct task_id from report.task_version where task is null"))
                    .isNotEmpty()
                    .extracting(row -> row.get("task_id").toString())
                    .doesNotContainAnyElementsOf(world.neverGone());
        }
    }
}
