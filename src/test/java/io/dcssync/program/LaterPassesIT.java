package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import io.dcssync.simulator.ScriptedTask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The passes of one process: each knows what the one before has left, and stores only what is news. */
class LaterPassesIT {

    private static final List<String> STATUSES = List.of("CREATING", "MIGRATING", "FAILED", "SUCCESS");

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
                .with("source.prod.page-overlap", 2)
                .with("source.prod.schedule", "* * * * * ?")
                .with("sync.max-missing-share", 1)
                .with("http.port", 0)
                .with("http.management-port", 0);
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void what_has_not_changed_is_counted_and_what_has_is_stored() {
        dcs.has(tasks(25));
        program.start("run");
        long first = aWholePass();

        long same = aWholePass();
        assertThat(run(same)).containsEntry("unchanged", 25).containsEntry("changed", 0);
        assertThat(run(same).get("pages")).isEqualTo(run(same).get("requests"));
        assertThat(run(same).get("duplicates")).isEqualTo(run(first).get("duplicates"));

        // everything moves by one
        List<ScriptedTask> moved = new ArrayList<>(tasks(25));
        moved.set(20, task("t21").failed("boom"));
        moved.add(0, task("new"));
        dcs.has(moved);
        aWholePass();
        // a pass that was under way then may have met the one and not the other
        assertThat(database.rows("select sum(inserted) as inserted, sum(changed) as changed from report.sync_run"))
                .containsExactly(Map.of("inserted", 26L, "changed", 1L));
        assertThat(adding()).isTrue();
    }

    @Test
    void whatever_the_list_does_the_ledger_follows_it() {
        Random dice = new Random(11);
        List<ScriptedTask> list = new ArrayList<>(tasks(30));
        Map<String, Integer> missed = new TreeMap<>();
        dcs.has(list);
        program.start("run");
        aWholePass();
        for (int step = 0; step < 12; step++) {
            List<ScriptedTask> before = List.copyOf(list);
            live(list, dice, step);
            dcs.has(list);
            aWholePass();
            aWholePass();
            before.stream()
                    .map(ScriptedTask::id)
                    .filter(id -> !ids(list).contains(id))
                    .forEach(id -> missed.put(id, 1));
            missed.keySet().removeAll(ids(list));

            assertThat(told("missing_since is null"))
                    .as("what is listed after step " + step)
                    .isEqualTo(statuses(list));
            assertThat(told("missing_since is not null").keySet())
                    .as("what is gone")
                    .isEqualTo(missed.keySet());
        }
        assertThat(adding()).isTrue();
        assertThat(
                        database.one(
                                "select count(*) from report.task_transition t where from_status is distinct from"
                                        + " (select b.to_status from report.task_transition b where b.task_id = t.task_id and b.seq = t.seq - 1)"))
                .isEqualTo(0L);
    }

    @Test
    void what_another_process_has_written_in_between_is_not_taken_for_what_was_left() throws Exception {
        dcs.has(task("a").migrating(), task("b").migrating());
        Running running = program.with("source.prod.schedule", "0/3 * * * * ?").start("run");
        aWholePass();

        try (ScriptedDcs other = ScriptedDcs.start()) {
            other.has(task("a").failed("boom"), task("b").migrating());
            Ended ended = InstalledProgram.in(folder.resolve("other"))
                    .on(database)
                    .reads("prod", other)
                    .run("sync");
            assertThat(ended.exitCode()).as(ended.err()).isZero();
        }
        aWholePass();

        assertThat(told("missing_since is null")).isEqualTo(Map.of("a", "MIGRATING", "b", "MIGRATING"));
        assertThat(database.rows("select to_status from report.task_transition where task_id = 'a' order by seq"))
                .extracting(row -> row.get("to_status"))
                .containsExactly("MIGRATING", "FAILED", "MIGRATING");
        assertThat(running.terminate().ended(20).exitCode()).isEqualTo(143);
    }

    /** Some tasks are changed, set back, deleted, made or brought back. */
    private static void live(List<ScriptedTask> list, Random dice, int step) {
        for (int i = 0; i < 3; i++) {
            int place = dice.nextInt(list.size());
            list.set(place, task(list.get(place).id()).status(STATUSES.get(dice.nextInt(STATUSES.size()))));
        }
        list.remove(dice.nextInt(list.size()));
        switch (step % 4) {
            case 0 -> list.add(0, task("new" + step));
            case 1 -> list.add(dice.nextInt(list.size()), task("new" + step));
            case 2 ->
                IntStream.rangeClosed(1, 30)
                        .mapToObj(i -> task("t" + i))
                        .filter(old -> !ids(list).contains(old.id()))
                        .forEach(list::add);
            default -> Collections.swap(list, 0, list.size() - 1);
        }
    }

    /** Waits for a pass that begins from now on and is whole; returns its number. */
    private long aWholePass() {
        long last = (Long) database.one("select coalesce(max(run_id), 0) from report.sync_run");
        String since = " from report.sync_run where run_id > " + last + " and outcome in ('complete', 'repaired')";
        await().atMost(Duration.ofSeconds(60)).until(() -> (Long) database.one("select count(*)" + since) > 0);
        return (Long) database.one("select min(run_id)" + since);
    }

    private Map<String, Object> run(long run) {
        return database.rows("select * from report.sync_run where run_id = ?", run)
                .get(0);
    }

    private Map<String, String> told(String where) {
        Map<String, String> statuses = new TreeMap<>();
        database.rows("select task_id, status from report.task where " + where)
                .forEach(row -> statuses.put((String) row.get("task_id"), (String) row.get("status")));
        return statuses;
    }

    private boolean adding() {
        return database.one("select bool_and(tasks_read = inserted + changed + unchanged + duplicates + rejected"
                        + " and (outcome <> 'complete' or pages = requests)) from report.sync_run")
                .equals(true);
    }

    private static Map<String, String> statuses(List<ScriptedTask> list) {
        Map<String, String> statuses = new TreeMap<>();
        list.forEach(task -> statuses.put(task.id(), task.toString().replaceAll(".* ", "")));
        return statuses;
    }

    private static List<String> ids(List<ScriptedTask> list) {
        return list.stream().map(ScriptedTask::id).toList();
    }

    private static List<ScriptedTask> tasks(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> task("t" + i)).toList();
    }
}
