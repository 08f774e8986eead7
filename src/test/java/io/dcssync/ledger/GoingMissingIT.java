package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static io.dcssync.ledger.ListedTask.migrating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a task that is no longer listed is missing, and what keeps a pass from saying so. */
@ParameterizedClass(name = "the pass before is remembered: {0}")
@ValueSource(booleans = {false, true})
class GoingMissingIT {

    @AutoClose
    private final TestLedger ledger;

    /** @param remembers whether the process has made the pass before, and knows what it saw */
    GoingMissingIT(boolean remembers) {
        ledger = new TestLedger(TestLedger.channel("ops")).remembering(remembers);
    }

    // ---- the count ----------------------------------------------------------------------------------------------

    @Test
    void a_task_is_missing_after_two_whole_passes_in_a_row_without_it() {
        ledger.sees(migrating("a"), migrating("b"));
        assertThat(ledger.sees(migrating("b"))).containsEntry("missing", 0);
        assertThat(missingSince("a")).isNull();

        Map<String, Object> run = ledger.sees(migrating("b"));

        assertThat(run).containsEntry("missing", 1);
        assertThat(missingSince("a")).isEqualTo(run.get("finished_at"));
        assertThat(missingSince("b")).isNull();
        assertThat(ledger.sees(migrating("b"))).containsEntry("missing", 0);
        assertThat(missingSince("a")).isEqualTo(run.get("finished_at"));
    }

    @Test
    void that_is_a_version_without_content_and_no_transition() {
        ledger.sees(failed("a", "x"));
        ledger.sees();
        ledger.sees();

        assertThat(ledger.versions("a")).hasSize(2).last().satisfies(gone -> assertThat(gone)
                .containsEntry("task", null)
                .containsEntry("valid_from", missingSince("a")));
        assertThat(ledger.task("a")).containsEntry("status", "FAILED");
        assertThat(ledger.transitions("a")).hasSize(1);
        assertThat(ledger.alerts()).hasSize(1);
    }

    @Test
    void how_many_passes_it_takes_is_a_setting() {
        ledger.sees(migrating("a"));
        assertThat(ledger.opens("prod").with("missingAfter", 1).ends()).containsEntry("missing", 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"suspect", "failed", "abandoned"})
    void a_pass_that_is_not_whole_marks_none_and_does_not_count(String outcome) {
        ledger.sees(migrating("a"));
        ledger.sees();
        assertThat(ledger.opens("prod").ends(outcome)).containsEntry("missing", 0);
        assertThat(missingSince("a")).isNull();
        assertThat(ledger.sees()).containsEntry("missing", 1);
    }

    @Test
    void a_repaired_pass_is_a_whole_one() {
        ledger.sees(migrating("a"));
        ledger.opens("prod").ends("repaired");
        assertThat(ledger.opens("prod").ends("repaired")).containsEntry("missing", 1);
    }

    @Test
    void one_that_is_listed_in_between_begins_anew() {
        ledger.sees(migrating("a"));
        ledger.sees();
        ledger.sees(migrating("a"));
        ledger.sees();
        assertThat(missingSince("a")).isNull();
        ledger.sees();
        assertThat(missingSince("a")).isNotNull();
    }

    @Test
    void one_that_is_listed_again_by_a_pass_that_is_not_whole_begins_anew_too() {
        ledger.sees(migrating("a"));
        ledger.sees();
        TestPass notWhole = ledger.opens("prod");
        notWhole.lists(migrating("a"));
        notWhole.ends("suspect");
        ledger.sees();
        assertThat(missingSince("a")).isNull();
    }

    @Test
    void one_that_comes_back_is_listed_again_as_a_version_and_without_a_transition() {
        ledger.sees(failed("a", "x"));
        ledger.sees();
        ledger.sees();

        assertThat(ledger.sees(failed("a", "x"))).containsEntry("changed", 1).containsEntry("transitions", 0);

        assertThat(missingSince("a")).isNull();
        assertThat(ledger.versions("a"))
                .extracting(version -> version.get("task") == null)
                .containsExactly(false, true, false);
        assertThat(ledger.transitions("a")).hasSize(1);
        assertThat(ledger.alerts()).hasSize(1);
        ledger.sees();
        assertThat(missingSince("a")).isNull();
    }

    @Test
    void one_that_comes_back_as_failed_has_failed() {
        ledger.sees(migrating("a"));
        ledger.sees();
        ledger.sees();
        ledger.sees(failed("a", "x"));
        assertThat(ledger.task("a")).containsEntry("failure_count", 1).containsEntry("missing_since", null);
        assertThat(ledger.alerts()).hasSize(1);
    }

    @Test
    void a_long_list_is_compared_quickly_even_while_the_tables_have_no_statistics() {
        TestPass first = ledger.opens("prod");
        ledger.database().run("""
                        insert into dcs.task (source, task_id, project_id, task_name, status, first_seen_at, status_since,
                                              last_changed_at, shown_at, seq, transition_at)
                        select 'prod', 'task-' || i, 'project-1', 'task', 'MIGRATING', now(), now(), now(), now(), 1, now()
                        from generate_series(1, 20000) i""");
        IntStream.range(0, 20000).forEach(i -> first.saw("task-" + i));

        assertTimeout(Duration.ofSeconds(5), () -> first.ends());

        assertThat(ledger.database().one("select task_id from dcs.absence")).isEqualTo("task-20000");
    }

    // ---- the name filter ----------------------------------------------------------------------------------------

    @Test
    void what_the_name_filter_leaves_out_is_not_missing() {
        ledger.sees(
                migrating("app-1"),
                migrating("app-2"),
                migrating("other"),
                ListedTask.task("nameless").named(null));
        for (int i = 0; i < 2; i++) {
            TestPass filtered = ledger.opens("prod").filteredBy("app-");
            filtered.lists(migrating("app-1"));
            filtered.ends();
        }
        assertThat(ledger.database().rows("select task_id from report.task where missing_since is not null"))
                .containsExactly(Map.of("task_id", "app-2"));
    }

    @Test
    void the_name_filter_is_text_and_no_pattern() {
        ledger.sees(migrating("a%b"), migrating("axb"));
        TestPass filtered = ledger.opens("prod").filteredBy("a%b").with("missingAfter", 1);
        assertThat(filtered.ends()).containsEntry("missing", 1);
        assertThat(missingSince("axb")).isNull();
    }

    // ---- the brake ----------------------------------------------------------------------------------------------

    @Test
    void a_pass_that_lacks_more_than_the_share_is_suspect_and_marks_none() {
        ledger.sees(tasks(0, 10));
        for (int i = 0; i < 3; i++) {
            Map<String, Object> run = ledger.sees(tasks(0, 4));
            assertThat(run)
                    .containsEntry("outcome", "suspect")
                    .containsEntry("error_code", "too-many-missing")
                    .containsEntry("missing", 0);
            assertThat((String) run.get("error_message")).contains("6 of 10").contains("sync --accept-missing");
        }
        assertThat(ledger.database().one("select count(missing_since) from report.task"))
                .isEqualTo(0L);
    }

    @Test
    void just_the_share_is_not_more_than_the_share() {
        ledger.sees(tasks(0, 10));
        assertThat(ledger.sees(tasks(0, 5))).containsEntry("outcome", "complete");
        assertThat(ledger.sees(tasks(0, 5)))
                .containsEntry("outcome", "complete")
                .containsEntry("missing", 5);
    }

    @Test
    void fewer_than_ten_may_all_go() {
        ledger.sees(tasks(0, 9));
        assertThat(ledger.sees()).containsEntry("outcome", "complete");
        assertThat(ledger.sees()).containsEntry("outcome", "complete").containsEntry("missing", 9);
    }

    @Test
    void tasks_that_the_pass_itself_brought_do_not_hide_what_it_lacks() {
        ledger.sees(tasks(0, 10));
        assertThat(ledger.sees(tasks(100, 200))).containsEntry("outcome", "suspect");
    }

    @Test
    void with_accept_missing_the_pass_counts_and_the_next_one_marks_them_without_braking() {
        ledger.sees(tasks(0, 20));
        TestPass accepting = ledger.opens("prod").acceptingMissing();
        accepting.lists(tasks(0, 2));
        assertThat(accepting.ends()).containsEntry("outcome", "complete").containsEntry("missing", 0);

        assertThat(ledger.sees(tasks(0, 2)))
                .containsEntry("outcome", "complete")
                .containsEntry("missing", 18);
        assertThat(ledger.sees(tasks(0, 2)))
                .containsEntry("outcome", "complete")
                .containsEntry("missing", 0);
    }

    @Test
    void the_share_is_a_setting() {
        ledger.sees(tasks(0, 10));
        TestPass strict = ledger.opens("prod").with("maxMissingShare", 0.0);
        strict.lists(tasks(0, 9));
        assertThat(strict.ends()).containsEntry("outcome", "suspect");
        TestPass lax = ledger.opens("prod").with("maxMissingShare", 1.0);
        assertThat(lax.ends()).containsEntry("outcome", "complete");
    }

    @Test
    void the_share_is_one_of_the_tasks_that_the_name_filter_lets_through() {
        ledger.sees(Stream.concat(
                        Arrays.stream(tasks(0, 10)), IntStream.range(0, 10).mapToObj(i -> migrating("other-" + i)))
                .toArray(ListedTask[]::new));
        TestPass filtered = ledger.opens("prod").filteredBy("task-");
        filtered.lists(tasks(0, 4));
        assertThat(filtered.ends()).containsEntry("outcome", "suspect");
    }

    @Test
    void a_braked_pass_has_stored_its_tasks_and_releases_its_alerts() {
        ledger.sees(tasks(0, 10));
        assertThat(ledger.sees(failed("task-0", "x"))).containsEntry("outcome", "suspect");
        assertThat(ledger.task("task-0")).containsEntry("status", "FAILED");
        assertThat(ledger.claims("ops")).hasSize(1);
    }

    private static ListedTask[] tasks(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> migrating("task-" + i)).toArray(ListedTask[]::new);
    }

    private Object missingSince(String task) {
        return ledger.task(task).get("missing_since");
    }
}
