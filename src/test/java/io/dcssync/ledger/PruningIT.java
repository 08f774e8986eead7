package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static io.dcssync.ledger.ListedTask.migrating;
import static io.dcssync.ledger.ListedTask.task;
import static io.dcssync.ledger.TestLedger.channelOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.AlertKind;
import io.dcssync.config.RetentionSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is forgotten, and what is kept whatever its age. */
class PruningIT {

    private static final Optional<Duration> MONTH = Optional.of(Duration.ofDays(30));

    @AutoClose
    private final TestLedger ledger = new TestLedger(
            channelOn("ops", AlertKind.FAILED, AlertKind.RECOVERED, AlertKind.MISSING, AlertKind.SYNC_FAILING));

    private final TestDatabase database = ledger.database();

    @BeforeEach
    void the_owner_lets_writers_prune() {
        database.run("grant execute on function dcs.prune_history, dcs.prune_runs to dcs_writer");
    }

    @Test
    void without_being_told_to_it_keeps_all_history() {
        LivedIn.live(ledger, 1, 12);
        LivedIn.daysGoBy(database, 1000);
        List<Map<String, Object>> before = history();

        prune(new RetentionSettings(Optional.empty(), Optional.empty(), Duration.ofDays(90)));

        assertThat(history()).isEqualTo(before);
    }

    @Test
    void what_is_younger_is_kept() {
        LivedIn.live(ledger, 2, 12);
        LivedIn.daysGoBy(database, 29);
        List<Map<String, Object>> before = history();
        long runs = count("dcs.run");

        prune(new RetentionSettings(MONTH, MONTH, Duration.ofDays(30)));

        assertThat(history()).isEqualTo(before);
        assertThat(count("dcs.run")).isEqualTo(runs);
    }

    @Test
    void a_tasks_present_state_and_all_since_its_last_success_are_kept() {
        see(
                "CREATING",
                "MIGRATING",
                "SUCCESS",
                "MIGRATING",
                "TERMINATED",
                "MIGRATING",
                "MIGRATION_SUCCESS",
                "RELEASED");
        LivedIn.daysGoBy(database, 31);
        see("CREATING", "MIGRATING");

        prune(new RetentionSettings(MONTH, Optional.empty(), Duration.ofDays(30)));

        assertThat(seqs()).containsExactly(7, 8, 9, 10);
        assertThat(count("dcs.task_version")).isEqualTo(10);
        see("SUCCESS");
        assertThat(ledger.transitions("a"))
                .last()
                .satisfies(last -> assertThat(last).containsEntry("seq", 11).containsEntry("from_status", "MIGRATING"));
    }

    @Test
    void the_list_as_of_the_time_from_which_on_it_is_kept_is_the_same_after_as_before() {
        LivedIn.live(ledger, 3, 12);
        LivedIn.daysGoBy(database, 40);
        LivedIn.live(ledger, 4, 12);
        LivedIn.daysGoBy(database, 20);
        LivedIn.live(ledger, 5, 12);
        long versions = count("dcs.task_version");
        List<String> days = List.of("29 days", "20 days", "10 days", "0 days");
        List<List<Map<String, Object>>> before = days.stream().map(this::asOf).toList();

        prune(new RetentionSettings(Optional.empty(), MONTH, Duration.ofDays(30)));

        assertThat(count("dcs.task_version")).isLessThan(versions);
        assertThat(days.stream().map(this::asOf).toList()).isEqualTo(before);
    }

    @Test
    void what_was_counted_stays_counted() {
        LivedIn.live(ledger, 6, 20);
        LivedIn.daysGoBy(database, 60);
        List<String> questions = List.of(
                "select * from report.transition_matrix order by 1, 2, 3",
                "select * from report.failure_reason order by 1, 2",
                "select * from report.migration_duration order by 1, 2, ended_before",
                "select source, status, tasks from report.status_daily order by day, 1, 2");
        List<List<Map<String, Object>>> before =
                questions.stream().map(question -> database.rows(question)).toList();
        long transitions = count("dcs.transition");

        prune(new RetentionSettings(MONTH, MONTH, Duration.ofDays(30)));

        assertThat(count("dcs.transition")).isLessThan(transitions);
        assertThat(questions.stream().map(question -> database.rows(question)).toList())
                .isEqualTo(before);
    }

    @Test
    void what_an_alert_tells_of_is_kept_so_that_sent_again_it_says_the_same() {
        ledger.sees(migrating("a"), migrating("b"));
        ledger.sees(failed("a", "x"), migrating("b"));
        ledger.sees(failed("a", "x"));
        ledger.sees(failed("a", "x"));
        ledger.opens("prod").ends("failed");
        ledger.opens("prod").ends("failed");
        ledger.opens("prod").ends("failed");
        for (String status : List.of("MIGRATING", "SUCCESS", "MIGRATING", "SUCCESS", "RELEASED")) {
            ledger.sees(task("a").status(status), task("b").status(status));
        }
        assertThat(events())
                .extracting(event -> event.get("kind"))
                .contains("failed", "recovered", "missing", "sync-failing");
        LivedIn.daysGoBy(database, 60);
        List<Map<String, Object>> before = events();

        prune(new RetentionSettings(MONTH, MONTH, Duration.ofDays(30)));

        assertThat(events()).isEqualTo(before);
        assertThat(seqs()).doesNotContain(1);
    }

    @Test
    void a_recovery_is_told_of_however_long_ago_the_failure_was() {
        ledger.sees(failed("a", "x"));
        database.run("delete from dcs.alert");
        LivedIn.daysGoBy(database, 60);
        ledger.sees(migrating("a"));
        LivedIn.daysGoBy(database, 60);
        prune(new RetentionSettings(MONTH, MONTH, Duration.ofDays(30)));

        ledger.sees(task("a").status("SUCCESS"));

        assertThat(ledger.toldTo("ops")).containsExactly("recovered a");
        assertThat(database.one("select at_least > interval '59 days' from report.time_to_recover"))
                .isEqualTo(true);
    }

    @Test
    void of_the_passes_the_last_whole_one_and_those_since_are_kept() {
        ledger.sees();
        ledger.sees();
        ledger.opens("prod").ends("suspect");
        ledger.opens("test").ends("failed");
        ledger.opens("test").ends("failed");
        LivedIn.daysGoBy(database, 100);
        List<Map<String, Object>> freshness = freshness();

        prune(new RetentionSettings(Optional.empty(), Optional.empty(), Duration.ofDays(90)));

        assertThat(freshness()).isEqualTo(freshness);
        assertThat(database.rows("select run_id from dcs.run order by run_id"))
                .extracting(row -> row.get("run_id"))
                .containsExactly(2L, 3L, 4L, 5L);
    }

    @Test
    void a_pass_is_kept_as_long_as_what_it_found() {
        see("MIGRATING", "SUCCESS", "MIGRATING", "SUCCESS");
        ledger.sees(task("a").status("SUCCESS"));
        ledger.sees(task("a").status("SUCCESS"));
        LivedIn.daysGoBy(database, 100);

        prune(new RetentionSettings(Optional.empty(), Optional.empty(), Duration.ofDays(90)));
        assertThat(count("dcs.run")).isEqualTo(5);

        prune(new RetentionSettings(Optional.of(Duration.ofDays(90)), Optional.empty(), Duration.ofDays(90)));
        assertThat(count("dcs.run")).isEqualTo(2);
    }

    @Test
    void a_writer_whom_the_owner_does_not_let_forgets_nothing() {
        database.run("revoke execute on function dcs.prune_history, dcs.prune_runs from dcs_writer");
        assertThat(ledger.askForOne("may-prune", Map.of())).isEqualTo(false);

        database.run("grant execute on function dcs.prune_history, dcs.prune_runs to dcs_writer");
        assertThat(ledger.askForOne("may-prune", Map.of())).isEqualTo(true);
    }

    @Test
    void one_prunes_at_a_time() throws Exception {
        see("MIGRATING", "SUCCESS");
        try (Holding turn = Holding.of(database, "select pg_advisory_xact_lock(hashtext('dcs-sync: prune'))")) {
            Pruning pruning = allowed(new RetentionSettings(MONTH, MONTH, Duration.ofDays(30)));
            assertThat(ledger.ask(pruning.statement(), pruning.facts())).isNull();
            assertThat(turn.waiting()).isZero();
        }
    }

    private void prune(RetentionSettings keep) {
        Pruning pruning = allowed(keep);
        while (pruning.isOpen()) {
            pruning.answered(ledger.ask(pruning.statement(), pruning.facts()));
        }
    }

    private static Pruning allowed(RetentionSettings keep) {
        Pruning pruning = new Pruning(keep);
        pruning.answered(true);
        return pruning;
    }

    private void see(String... statuses) {
        for (String status : statuses) {
            ledger.sees(task("a").status(status));
        }
    }

    private List<Object> seqs() {
        return ledger.transitions("a").stream().map(row -> row.get("seq")).toList();
    }

    private long count(String table) {
        return (Long) database.one("select count(*) from " + table);
    }

    private List<Map<String, Object>> history() {
        return database.rows(
                "select t::text as row from dcs.transition t union all select v::text from dcs.task_version v order by 1");
    }

    private List<Map<String, Object>> asOf(String ago) {
        return database.rows("select t::text from report.task_as_of(now() - cast(? as interval)) t order by 1", ago);
    }

    private List<Map<String, Object>> events() {
        return database.rows("select e.data ->> 'kind' as kind, e.data::text from dcs.event e order by e.alert_id");
    }

    private List<Map<String, Object>> freshness() {
        return database.rows(
                "select source, last_complete_run_id, failures_in_a_row, last_run_id from report.freshness order by 1");
    }
}
