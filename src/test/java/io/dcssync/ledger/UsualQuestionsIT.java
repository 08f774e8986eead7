package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static io.dcssync.ledger.ListedTask.migrating;
import static io.dcssync.ledger.ListedTask.task;
import static io.dcssync.ledger.TestLedger.channelOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.AlertKind;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The views that answer what people ask every morning. */
class UsualQuestionsIT {

    private static final String LONG = "ODD " + "x".repeat(10_000);

    @AutoClose
    private final TestLedger ledger = new TestLedger(channelOn("ops", AlertKind.STUCK));

    private final TestDatabase database = ledger.database();

    @Test
    void what_is_counted_as_it_happens_is_what_history_says() {
        LivedIn.live(ledger, 7, 40);
        CountedHistory.isRight(database);
    }

    @Test
    void what_is_failed_now_is_listed_with_the_kind_of_its_error() {
        ledger.sees(failed("a", "lost after 3 s"), failed("b", "lost"), migrating("c"), failed("d", null));
        ledger.sees(failed("a", "lost after 3 s"), task("b").status("SUCCESS"), migrating("c"), failed("d", null));

        assertThat(answers("select task_id, reason, error_message from report.failed_task order by task_id"))
                .containsExactly("[a, lost after <n> s, lost after 3 s]", "[d, null, null]");
    }

    @Test
    void failures_that_differ_in_numbers_only_have_one_reason() {
        ledger.sees(failed("a", "lost after 3 s"), failed("b", "lost after 5 s"), failed("c", null));
        ledger.sees(failed("a", "lost after 4 s"), failed("b", "lost after 5 s"), failed("c", null));
        database.run("update dcs.failure_daily set day = day - 7 where reason = ''");

        assertThat(answers("select reason, failures, failures_in_7_days, last_task_id, last_error_message"
                        + " from report.failure_reason order by failures"))
                .containsExactly("[null, 1, 0, c, null]", "[lost after <n> s, 3, 3, a, lost after 4 s]");
        assertThat(answers("select reason, failures from report.failure_daily order by failures"))
                .containsExactly("[null, 1]", "[lost after <n> s, 3]");
    }

    @Test
    void a_day_on_which_nothing_happens_is_told_of_too() {
        ledger.sees(migrating("a"), migrating("b"));
        database.run("update dcs.listed_daily set day = day - 2");
        database.run("update dcs.transition_daily set day = day - 2");
        ledger.sees(migrating("a"), failed("b", "x"));

        assertThat(answers("select dcs.utc_day(now()) - day, status, status_class, tasks, entered"
                        + " from report.status_daily order by day, status"))
                .containsExactly(
                        "[2, MIGRATING, active, 2, 2]",
                        "[1, MIGRATING, active, 2, 0]",
                        "[0, FAILED, failed, 1, 1]",
                        "[0, MIGRATING, active, 1, 0]");
    }

    @Test
    void a_task_that_is_missing_is_in_no_status_until_it_is_back() {
        ledger.sees(migrating("a"), migrating("b"));
        ledger.sees(migrating("a"));
        ledger.sees(migrating("a"));
        assertThat(answers("select status, tasks from report.status_now")).containsExactly("[MIGRATING, 1]");

        ledger.sees(migrating("a"), failed("b", "x"));
        assertThat(answers("select status, tasks from report.status_now order by status"))
                .containsExactly("[FAILED, 1]", "[MIGRATING, 1]");
    }

    @Test
    void the_matrix_says_which_part_of_the_tasks_goes_where() {
        ledger.sees(migrating("a"), migrating("b"), migrating("c"), migrating("d"));
        ledger.sees(
                failed("a", "x"),
                task("b").status("SUCCESS"),
                task("c").status("SUCCESS"),
                task("d").status("SUCCESS"));

        assertThat(answers("select from_status, from_class, to_status, to_class, transitions, share"
                        + " from report.transition_matrix order by from_status, to_status"))
                .containsExactly(
                        "[MIGRATING, active, FAILED, failed, 1, 0.2500]",
                        "[MIGRATING, active, SUCCESS, succeeded, 3, 0.7500]",
                        "[null, null, MIGRATING, active, 4, 1.0000]");
    }

    @Test
    void a_migration_takes_at_least_what_was_seen_and_at_most_until_it_was_seen_no_more() {
        ledger.sees(task("a").status("SUCCESS"));
        ledger.sees(migrating("a"));
        ledger.sees(task("a").status("FULLMIGRATING"));
        ledger.sees(task("a").status("SUCCESS"));

        assertThat(answers("select d.status_class, d.at_least = ended.observed_after - began.observed_at as least,"
                        + " d.at_most = ended.observed_at - began.observed_after as most, d.at_least < d.at_most as both"
                        + " from report.migration_duration d"
                        + " join report.task_transition began on began.task_id = d.task_id and began.seq = 2"
                        + " join report.task_transition ended on ended.task_id = d.task_id and ended.seq = 4"))
                .containsExactly("[succeeded, true, true, true]");
    }

    @Test
    void one_that_was_first_seen_under_way_began_after_it_was_created_where_that_is_known() {
        ledger.sees(migrating("a").createdAt("2024-05-01T10:00:00Z"), migrating("b"));
        ledger.sees(failed("a", "x").createdAt("2024-05-01T10:00:00Z"), failed("b", "x"));

        assertThat(answers(
                        "select task_id, started_after = '2024-05-01T10:00:00Z' as began, at_least < interval '1 min' as least, at_most > interval '1 year' as most"
                                + " from report.migration_duration order by task_id"))
                .containsExactly("[a, true, true, true]", "[b, null, true, null]");
    }

    @Test
    void a_task_recovers_from_its_first_failure_since_it_last_succeeded() {
        ledger.sees(failed("a", "x"));
        ledger.sees(task("a").status("SUCCESS"));
        ledger.sees(failed("a", "y"));
        ledger.sees(migrating("a"));
        ledger.sees(failed("a", "z"));
        ledger.sees(task("a").status("SUCCESS"));

        assertThat(answers(
                        "select r.failures, failed.seq as failed, recovered.seq as recovered, r.at_most = recovered.observed_at - failed.observed_after as most"
                                + " from report.time_to_recover r"
                                + " join report.task_transition failed on failed.observed_at = r.failed_before"
                                + " join report.task_transition recovered on recovered.observed_at = r.recovered_before"
                                + " order by recovered.seq"))
                .containsExactly("[1, 1, 2, null]", "[2, 3, 6, true]");
    }

    @Test
    void what_is_under_way_is_listed_with_the_time_for_which_nothing_has_changed() {
        ledger.sees(migrating("a"), task("b").status("CREATING"), task("c").status("SUCCESS"));
        database.run("update dcs.task set last_changed_at = last_changed_at - interval '30 hours' where task_id = 'a'");
        ledger.sees(migrating("a"), task("b").status("CREATING"), task("c").status("SUCCESS"));

        assertThat(answers("select task_id, unchanged_for > interval '30 hours' as long, alerted_at is not null as told"
                        + " from report.stuck_task order by last_changed_at"))
                .containsExactly("[a, true, true]", "[b, false, false]");
    }

    @Test
    void a_task_flaps_that_failed_more_than_once_within_a_week() {
        ledger.sees(failed("a", "x"), failed("b", "x"));
        ledger.sees(migrating("a"), migrating("b"));
        ledger.sees(failed("a", "y"), migrating("b"));
        assertThat(answers("select task_id, status_class, failures_in_7_days, failure_count, error_message"
                        + " from report.flapping_task"))
                .containsExactly("[a, failed, 2, 2, y]");

        database.run("update dcs.transition set observed_at = observed_at - interval '8 days' where seq = 1");
        assertThat(answers("select * from report.flapping_task")).isEmpty();
    }

    @Test
    void a_status_that_nobody_knows_is_listed_until_somebody_says_what_it_means() {
        ledger.sees(task("a").status("PAUSED"), task("b").status("PAUSED"));
        ledger.sees(task("a").status("PAUSED"), migrating("b"));
        assertThat(answers("select status, tasks, transitions, first_task_id from report.unknown_status"))
                .containsExactly("[PAUSED, 1, 2, a]");

        database.run("insert into dcs.status_class values ('PAUSED', 'active')");
        assertThat(answers("select * from report.unknown_status")).isEmpty();
    }

    @Test
    void a_status_of_any_length_is_counted_by_its_beginning() {
        ledger.sees(task("a").status(LONG), task("b").status(LONG + "y"));
        assertThat(answers("select length(status), tasks, longest_since from report.status_now"))
                .containsExactly("[200, 2, null]");
        ledger.sees(migrating("a"), task("b").status(LONG + "y"));
        assertThat(answers("select length(status), tasks from report.unknown_status"))
                .containsExactly("[200, 1]");
    }

    /** Rows, each as text. */
    private List<String> answers(String question) {
        return database.rows(question).stream()
                .map(row -> row.values().toString())
                .toList();
    }
}
