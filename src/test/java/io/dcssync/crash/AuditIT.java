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

/** The comparison that the other tests rely on: it finds nothing where nothing is wrong, and sees what is. */
class AuditIT {

    /** One row is spoilt by each. */
    private static final String[] DAMAGES = {
        // the present is another one
        "update dcs.task set error_message = 'other' where task_id ="
                + " (select min(task_id) from dcs.task where missing_since is null)",
        // a task was not seen to go
        "update dcs.task set missing_since = null where task_id ="
                + " (select min(task_id) from dcs.task where missing_since is not null)",
        // a change that never was
        "update dcs.transition set to_status = 'RELEASED' where transition_id = (select max(transition_id)"
                + " from dcs.transition)",
        // a change that was not seen
        "delete from dcs.transition where transition_id = (select min(transition_id) from dcs.transition t"
                + " where seq > 1 and not exists (select from dcs.alert a where a.transition_id = t.transition_id))",
        // an alert that was not sent, and one that nobody knows of
        "update dcs.alert set event_id = gen_random_uuid() where alert_id = (select min(alert_id) from dcs.alert"
                + " where channel = 'each' and state = 'delivered')",
        // a failure without an alert
        "delete from dcs.alert where alert_id = (select max(alert_id) from dcs.alert"
                + " where channel = 'each' and state = 'delivered')",
        // counters that are wrong
        "update dcs.run set transitions = transitions + 1 where run_id = (select min(run_id) from dcs.run)",
        // passes side by side
        "update dcs.run set finished_at = finished_at + interval '1 hour' where run_id ="
                + " (select min(run_id) from dcs.run)"
    };

    @TempDir
    private Path folder;

    @Test
    void every_damage_to_the_ledger_is_found() {
        try (TestDatabase database = TestDatabase.fresh();
                World world = new World(3, () -> database);
                InstalledProgram program =
                        world.configure(InstalledProgram.in(folder).on(database))) {
            Running running = program.start("run");
            await().atMost(Duration.ofSeconds(90)).until(() -> world.wholePasses() >= 8);
            world.comesToRest();
            assertThat(running.terminate().ended(30).exitCode()).isEqualTo(143);
            world.audit().isRight();

            int found = 0;
            for (String damage : DAMAGES) {
                assertThat(database.run(damage)).as(damage).isEqualTo(1);
                int more = world.audit().findings().all().size();
                assertThat(more).as(damage).isGreaterThan(found);
                found = more;
            }
        }
    }
}
