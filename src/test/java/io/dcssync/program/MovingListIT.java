package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import io.dcssync.simulator.ScriptedTask;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovingListIT {

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final ScriptedDcs dcs = ScriptedDcs.start();

    private InstalledProgram program;

    @BeforeEach
    void install() {
        program = InstalledProgram.in(folder)
                .on(database)
                .reads("prod", dcs)
                .with("source.prod.page-size", 10)
                .with("source.prod.page-overlap", 2);
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void a_list_that_shrinks_between_two_pages_hides_nothing_that_stayed() {
        dcs.has(tasks(1, 60)).between((request, list) -> {
            if (request == 3) {
                list.subList(0, 20).clear();
            }
        });

        Ended ended = program.run("sync");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).startsWith("prod: repaired in ");
        assertThat(database.rows("select task_id from report.task where missing_since is null"))
                .extracting(row -> row.get("task_id"))
                .containsAll(tasks(21, 60).stream().map(ScriptedTask::id).toList());
        assertThat(database.one("select tasks_read = inserted + changed + unchanged + duplicates + rejected"
                        + " and requests = pages and requests > 7 from report.sync_run"))
                .isEqualTo(true);
    }

    @Test
    void tasks_that_come_behind_the_walk_while_others_go_before_it_leave_the_pass_whole() {
        dcs.has(tasks(1, 60)).between((request, list) -> {
            if (request == 3) {
                list.addAll(0, tasks(61, 65));
                list.subList(60, 65).clear();
            }
        });

        Ended ended = program.run("sync");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out()).startsWith("prod: complete in ");
        assertThat(database.rows("select task_id from report.task"))
                .extracting(row -> row.get("task_id"))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.concat(IntStream.rangeClosed(1, 55), IntStream.rangeClosed(61, 65))
                                .mapToObj(i -> "t" + i)
                                .toList());
        assertThat(database.one("select tasks_read = inserted + changed + unchanged + duplicates + rejected"
                        + " and requests = pages and reported_count = 60 from report.sync_run"))
                .isEqualTo(true);
    }

    @Test
    void a_task_that_left_is_missing_after_two_whole_passes_and_the_brake_keeps_half_a_list_from_being_called_gone() {
        dcs.has(tasks(1, 13));
        program.run("sync");
        dcs.remove("t1");

        assertThat(program.run("sync").out()).contains("missing 0");
        assertThat(program.run("sync").out()).contains("missing 1");
        assertThat(missing()).containsExactly("t1");
        assertThat(database.one("select task is null and valid_to is null from report.task_version"
                        + " where task_id = 't1' order by valid_from desc limit 1"))
                .isEqualTo(true);

        dcs.has(tasks(6, 13).subList(0, 4));
        Ended braked = program.run("sync");
        assertThat(braked.exitCode()).isEqualTo(1);
        assertThat(braked.out())
                .contains("prod: suspect in ", "missing 0", "8 of 12 tasks", "sync --accept-missing --source prod");

        assertThat(program.run("sync", "--accept-missing", "--source", "prod").exitCode())
                .isZero();
        assertThat(program.run("sync").out()).startsWith("prod: complete").contains("missing 8");
        assertThat(missing()).hasSize(9);

        dcs.has(tasks(1, 13));
        assertThat(program.run("sync").out()).contains("changed 9", "transitions 0");
        assertThat(missing()).isEmpty();
    }

    private List<Object> missing() {
        return database.rows("select task_id from report.task where missing_since is not null").stream()
                .map(row -> row.get("task_id"))
                .toList();
    }

    private static List<ScriptedTask> tasks(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> task("t" + i)).toList();
    }
}
