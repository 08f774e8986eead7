package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static io.dcssync.ledger.ListedTask.migrating;
import static io.dcssync.ledger.ListedTask.task;
import static io.dcssync.ledger.TestLedger.channel;
import static io.dcssync.ledger.TestLedger.channelOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.dcssync.config.AlertKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An active task that has not changed for sync.stuck-after is told of, once until it changes. */
@ParameterizedClass(name = "the pass before is remembered: {0}")
@ValueSource(booleans = {false, true})
class StuckAlertsIT {

    @AutoClose
    private final TestLedger ledger;

    /** @param remembers whether the process has made the pass before, and knows what it saw */
    StuckAlertsIT(boolean remembers) {
        ledger = new TestLedger(channelOn("ops", AlertKind.STUCK), channelOn("desk", AlertKind.STUCK), channel("pager"))
                .remembering(remembers);
    }

    @Test
    void it_is_told_of_when_the_time_is_over_and_not_before() {
        ledger.sees(migrating("a"), migrating("b"));
        hasNotChangedFor("a", "23 hours 59 minutes");
        ledger.sees(migrating("a"), migrating("b"));
        assertThat(ledger.alerts()).isEmpty();

        hasNotChangedFor("a", "1 minute");
        ledger.sees(migrating("a"), migrating("b"));

        assertThat(ledger.toldTo("ops")).containsExactly("stuck a");
        assertThat(ledger.toldTo("desk")).containsExactly("stuck a");
        assertThat(ledger.toldTo("pager")).isEmpty();
        assertThat(ledger.alerts().get(0).get("event_id"))
                .isEqualTo(ledger.alerts().get(1).get("event_id"));
    }

    @Test
    void it_is_not_told_of_again_and_nothing_is_written_until_it_changes() {
        ledger.sees(migrating("a"));
        hasNotChangedFor("a", "2 days");
        ledger.sees(migrating("a"));
        Object numbers = ledger.database().one("select last_value from dcs.alert_alert_id_seq");
        ledger.sees(migrating("a"));
        assertThat(ledger.toldTo("ops")).hasSize(1);
        assertThat(ledger.database().one("select last_value from dcs.alert_alert_id_seq"))
                .isEqualTo(numbers);

        ledger.sees(migrating("a").named("renamed"));
        assertThat(ledger.toldTo("ops")).hasSize(1);
        hasNotChangedFor("a", "2 days");
        ledger.sees(migrating("a").named("renamed"));
        assertThat(ledger.toldTo("ops")).containsExactly("stuck a", "stuck a");
        assertThat(ledger.alerts().stream().map(alert -> alert.get("event_id")).distinct())
                .hasSize(2);
    }

    @Test
    void a_channel_that_comes_later_is_told_of_what_is_stuck_still() {
        ledger.sees(migrating("a"));
        hasNotChangedFor("a", "2 days");
        ledger.sees(migrating("a"));

        TestPass later = ledger.opens("prod").with("policies", """
                [{"channel": "ops", "kinds": ["stuck"], "first_sync": "each", "digest_above": 0},
                 {"channel": "later", "kinds": ["stuck"], "first_sync": "each", "digest_above": 0}]""");
        later.lists(migrating("a"));
        later.ends();

        assertThat(ledger.toldTo("later")).containsExactly("stuck a");
        assertThat(ledger.toldTo("ops")).containsExactly("stuck a");
    }

    @Test
    void only_an_active_task_is_stuck() {
        ListedTask[] others = {
            failed("a", "x"),
            task("b").status("SUCCESS"),
            task("c").status("TERMINATED"),
            task("d").status("PAUSED")
        };
        ledger.sees(others);
        for (ListedTask other : others) {
            hasNotChangedFor(other.id(), "2 days");
        }
        ledger.sees(others);
        assertThat(ledger.toldTo("ops")).isEmpty();
    }

    @Test
    void only_a_task_that_the_pass_has_seen_is_stuck() {
        ledger.sees(migrating("app-1"), migrating("other"), migrating("app-2"));
        for (String id : new String[] {"app-1", "other", "app-2"}) {
            hasNotChangedFor(id, "2 days");
        }
        TestPass filtered = ledger.opens("prod").filteredBy("app-");
        filtered.lists(migrating("app-1"));
        filtered.ends();
        assertThat(ledger.toldTo("ops")).containsExactly("stuck app-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"suspect", "failed", "abandoned"})
    void a_pass_that_is_not_whole_tells_of_none(String outcome) {
        ledger.sees(migrating("a"));
        hasNotChangedFor("a", "2 days");
        TestPass notWhole = ledger.opens("prod");
        notWhole.lists(migrating("a"));
        notWhole.ends(outcome);
        assertThat(ledger.alerts()).isEmpty();
    }

    @Test
    void how_long_it_takes_is_a_setting() {
        ledger.sees(migrating("a"));
        TestPass pass = ledger.opens("prod").with("stuckAfterSeconds", 0.0);
        pass.saw("a");
        pass.ends();
        assertThat(ledger.toldTo("ops")).containsExactly("stuck a");
    }

    @Test
    void many_that_were_told_of_are_known_quickly_even_while_the_tables_have_no_statistics() {
        String[] ids = IntStream.range(0, 20_000).mapToObj(i -> "task-" + i).toArray(String[]::new);
        TestPass pass = ledger.opens("prod");
        pass.lists(Arrays.stream(ids).map(ListedTask::migrating).toArray(ListedTask[]::new));
        pass.with("stuckAfterSeconds", 0.0).ends();
        assertThat(ledger.toldTo("ops")).hasSize(20_000);

        TestPass next = ledger.opens("prod").with("stuckAfterSeconds", 0.0);
        Arrays.stream(ids).forEach(next::saw);
        assertTimeout(Duration.ofSeconds(5), () -> next.ends());

        assertThat(ledger.toldTo("ops")).hasSize(20_000);
    }

    @Test
    void it_tells_what_the_task_is_and_since_when_it_has_been_so() {
        ledger.sees(failed("a", "x"));
        ledger.sees(migrating("a"));
        hasNotChangedFor("a", "2 days");
        ledger.sees(migrating("a"));

        Map<String, Object> alert = ledger.claims("ops").get(0);
        assertThat(TestLedger.data(alert))
                .containsEntry("kind", "stuck")
                .containsEntry("from_status", "FAILED")
                .containsEntry("to_status", "MIGRATING")
                .containsEntry("failure_count", 1)
                .containsEntry(
                        "observed_after", ledger.database().one("select dcs.rfc3339(last_changed_at) from report.task"))
                .containsEntry("observed_at", alert.get("time"))
                .containsEntry("task", Map.of("task_id", "a", "task_name", "a", "status", "MIGRATING"));
    }

    /** As if the task, and all that is known of it, were older by so much. */
    private void hasNotChangedFor(String task, String time) {
        ledger.database()
                .run(
                        "update dcs.task set last_changed_at = last_changed_at - cast(? as interval) where task_id = ?",
                        time,
                        task);
    }
}
