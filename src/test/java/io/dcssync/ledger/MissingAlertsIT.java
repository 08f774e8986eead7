package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static io.dcssync.ledger.ListedTask.migrating;
import static io.dcssync.ledger.TestLedger.channel;
import static io.dcssync.ledger.TestLedger.channelOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.AlertKind;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A task that goes missing is told of, each time it does. */
@ParameterizedClass(name = "the pass before is remembered: {0}")
@ValueSource(booleans = {false, true})
class MissingAlertsIT {

    @AutoClose
    private final TestLedger ledger;

    /** @param remembers whether the process has made the pass before, and knows what it saw */
    MissingAlertsIT(boolean remembers) {
        ledger = new TestLedger(
                        channelOn("ops", AlertKind.MISSING), channelOn("desk", AlertKind.MISSING), channel("pager"))
                .remembering(remembers);
    }

    @Test
    void it_is_told_of_by_the_pass_that_marks_it_and_by_no_other() {
        ledger.sees(migrating("a"), migrating("b"));
        ledger.sees(migrating("b"));
        assertThat(ledger.alerts()).isEmpty();

        ledger.sees(migrating("b"));
        ledger.sees(migrating("b"));

        assertThat(ledger.toldTo("ops")).containsExactly("missing a");
        assertThat(ledger.toldTo("desk")).containsExactly("missing a");
        assertThat(ledger.toldTo("pager")).isEmpty();
        assertThat(ledger.alerts().get(0).get("event_id"))
                .isEqualTo(ledger.alerts().get(1).get("event_id"));
    }

    @Test
    void one_that_comes_back_and_goes_again_is_told_of_again_as_another_event() {
        ledger.sees(migrating("a"));
        ledger.sees();
        ledger.sees();
        ledger.sees(migrating("a"));
        ledger.sees();
        ledger.sees();

        assertThat(ledger.toldTo("ops")).containsExactly("missing a", "missing a");
        assertThat(ledger.alerts())
                .extracting(alert -> alert.get("event_id"))
                .hasSize(4)
                .satisfies(ids -> assertThat(ids.stream().distinct()).hasSize(2));
    }

    @Test
    void it_tells_what_the_task_was_when_it_was_last_listed() {
        ledger.sees(migrating("a"));
        ledger.sees(failed("a", "x"));
        Map<String, Object> lastToList = ledger.sees(failed("a", null).named("orders"));
        ledger.sees();
        ledger.sees();

        Map<String, Object> alert = ledger.claims("ops").get(0);

        Map<String, Object> data = TestLedger.data(alert);
        assertThat(data)
                .containsEntry("kind", "missing")
                .containsEntry("source", "prod")
                .containsEntry("project_id", "project-1")
                .containsEntry("task_id", "a")
                .containsEntry("task_name", "orders")
                .containsEntry("from_status", "MIGRATING")
                .containsEntry("to_status", "FAILED")
                .containsEntry("error_message", null)
                .containsEntry("failure_count", 1)
                .containsEntry("observed_at", alert.get("time"));
        assertThat(data.get("task")).isEqualTo(Map.of("task_id", "a", "task_name", "orders", "status", "FAILED"));
        assertThat(ledger.database()
                        .one(
                                "select dcs.rfc3339(started_at) || ' ' || (select dcs.rfc3339(missing_since) from report.task)"
                                        + " from report.sync_run where run_id = ?",
                                lastToList.get("run_id")))
                .isEqualTo(data.get("observed_after") + " " + data.get("observed_at"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"suspect", "failed", "abandoned"})
    void a_pass_that_is_not_whole_tells_of_none(String outcome) {
        ledger.sees(migrating("a"));
        ledger.sees();
        ledger.opens("prod").ends(outcome);
        assertThat(ledger.toldTo("ops")).isEmpty();
    }

    @Test
    void a_pass_that_lacks_too_many_tells_of_none() {
        ledger.sees(IntStream.range(0, 20).mapToObj(i -> migrating("task-" + i)).toArray(ListedTask[]::new));
        for (int i = 0; i < 3; i++) {
            assertThat(ledger.sees(migrating("task-0"))).containsEntry("outcome", "suspect");
        }
        assertThat(ledger.toldTo("ops")).isEmpty();
    }
}
