package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static io.dcssync.ledger.ListedTask.migrating;
import static io.dcssync.ledger.ListedTask.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list as it was at a time, and how things stand now. */
class LookingBackIT {

    @AutoClose
    private final TestLedger ledger = new TestLedger();

    // ---- the list as it was -------------------------------------------------------------------------------------

    @Test
    void the_list_of_then_is_the_one_that_was_known_then() {
        Object before = now();
        ledger.sees(migrating("a"), migrating("b"));
        Object first = now();
        ledger.sees(failed("a", "x"), migrating("b").named("renamed"), migrating("c"));

        assertThat(listAt(before)).isEmpty();
        assertThat(listAt(first)).containsExactly("a a MIGRATING active", "b b MIGRATING active");
        assertThat(listAt(now()))
                .containsExactly("a a FAILED failed", "b renamed MIGRATING active", "c c MIGRATING active");
    }

    @Test
    void a_task_is_not_on_it_while_it_is_missing() {
        ledger.sees(migrating("a"), migrating("b"));
        ledger.sees(migrating("b"));
        Object absentOnce = now();
        ledger.sees(migrating("b"));
        Object missing = now();
        ledger.sees(migrating("a"), migrating("b"));

        assertThat(listAt(absentOnce)).hasSize(2);
        assertThat(listAt(missing)).containsExactly("b b MIGRATING active");
        assertThat(listAt(now())).hasSize(2);
    }

    @Test
    void it_gives_back_every_field_just_as_the_task_has_it() {
        ledger.sees(failed("a", "x")
                .createdAt("2024-05-01T10:00:00.123456Z")
                .with("released_at_raw", "soon")
                .with("description", "d")
                .supporting("s1", "s,\"2")
                .extra("region", "eu"));
        String columns = ledger.database()
                .one("select string_agg(column_name, ', ' order by ordinal_position) from information_schema.columns"
                        + " where table_schema = 'report' and table_name = 'task' and ordinal_position <= 31")
                .toString();
        assertThat(columns).startsWith("source, project_id, task_id").endsWith("supported_features, extra");
        assertThat(ledger.database()
                        .rows("select " + columns + " from report.task_as_of(now()) except select " + columns
                                + " from report.task"))
                .isEmpty();
        assertThat(listAt(now())).hasSize(1);
    }

    private List<Object> listAt(Object time) {
        return ledger
                .database()
                .rows(
                        "select concat_ws(' ', task_id, task_name, status, status_class) as task"
                                + " from report.task_as_of(cast(? as timestamptz)) order by task_id",
                        time)
                .stream()
                .map(row -> row.get("task"))
                .toList();
    }

    private Object now() {
        return ledger.database().one("select clock_timestamp()::text");
    }

    // ---- how things stand ---------------------------------------------------------------------------------------

    @Test
    void status_now_counts_the_tasks_that_are_listed() {
        ledger.sees(failed("a", "x"), migrating("b"), migrating("c"), task("d").status("ODD"), migrating("gone"));
        ledger.sees(failed("a", "x"), migrating("b"), migrating("c"), task("d").status("ODD"));
        ledger.sees(failed("a", "x"), migrating("b"), migrating("c"), task("d").status("ODD"));

        assertThat(ledger.database().rows("select status, status_class, tasks from report.status_now order by status"))
                .containsExactly(
                        Map.of("status", "FAILED", "status_class", "failed", "tasks", 1L),
                        Map.of("status", "MIGRATING", "status_class", "active", "tasks", 2L),
                        Map.of("status", "ODD", "status_class", "unknown", "tasks", 1L));
    }

    @Test
    void freshness_tells_of_the_last_whole_pass_and_of_those_since() {
        Map<String, Object> whole = ledger.sees(migrating("a"));
        ledger.opens("prod").with("errorCode", "http-503").ends("failed");
        ledger.opens("prod").with("errorCode", "not-whole").ends("suspect");
        TestPass dead = ledger.opens("prod");
        dead.dies();
        dead.isTakenOver();
        ledger.opens("prod").with("errorCode", "stopped").ends("abandoned");
        TestPass running = ledger.opens("prod");

        assertThat(freshness())
                .containsEntry("last_complete_run_id", whole.get("run_id"))
                .containsEntry("last_complete_at", whole.get("finished_at"))
                .containsEntry("failures_in_a_row", 3L)
                .containsEntry("last_run_id", running.run())
                .containsEntry("last_outcome", "running");
        assertThat(ledger.database().one("select age > interval '0' and age < interval '1 min' from report.freshness"))
                .isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource({"complete, 0", "repaired, 0", "suspect, 2", "failed, 2"})
    void only_a_whole_pass_ends_a_run_of_failures(String outcome, long failures) {
        ledger.opens("prod").ends("failed");
        ledger.opens("prod").ends(outcome);
        assertThat(freshness()).containsEntry("failures_in_a_row", failures);
    }

    private Map<String, Object> freshness() {
        return ledger.database().rows("select * from report.freshness").get(0);
    }
}
