package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static io.dcssync.ledger.ListedTask.migrating;
import static io.dcssync.ledger.ListedTask.task;
import static io.dcssync.ledger.TestLedger.channel;
import static io.dcssync.ledger.TestLedger.channelOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.AlertKind;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A task has recovered when it succeeds and has failed since it last did. */
class RecoveredAlertsIT {

    @AutoClose
    private final TestLedger ledger = new TestLedger(
            channelOn("ops", AlertKind.RECOVERED), channelOn("desk", AlertKind.RECOVERED), channel("pager"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FAILED SUCCESS",
                "ERROR MIGRATION_SUCCESS",
                "FAILED MIGRATING SUCCESS",
                "MIGRATING FAILED MIGRATING TERMINATED MIGRATING SUCCESS",
                "FAILED SOMETHING_NEW SUCCESS",
                "SUCCESS MIGRATING FAILED MIGRATING SUCCESS",
            })
    void a_success_after_a_failure_is_told_of_once_to_each_channel_that_asks(String statuses) {
        sees(statuses);
        ledger.sees(task("a").status("SUCCESS").named("renamed"));

        assertThat(ledger.toldTo("ops")).containsExactly("recovered a");
        assertThat(ledger.toldTo("desk")).containsExactly("recovered a");
        assertThat(ledger.toldTo("pager")).containsExactly("failed a");
        assertThat(ledger.alerts())
                .filteredOn(alert -> alert.get("kind").equals("recovered"))
                .extracting(alert -> alert.get("event_id"))
                .containsOnly(ledger.alerts().get(1).get("event_id"));
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, 0",
        "MIGRATING SUCCESS, 0",
        "SUCCESS MIGRATING SUCCESS, 0",
        "FAILED MIGRATING TERMINATED, 0",
        "FAILED SUCCESS MIGRATION_SUCCESS, 1",
        "FAILED SUCCESS MIGRATING SUCCESS, 1",
        "FAILED SUCCESS SUCCESS, 1",
        "FAILED SUCCESS FAILED SUCCESS, 2",
    })
    void only_what_failed_since_its_last_success_has_recovered(String statuses, int times) {
        sees(statuses);
        assertThat(ledger.toldTo("ops")).hasSize(times);
    }

    @Test
    void it_waits_for_the_failure_of_its_task() {
        TestLedger both = new TestLedger(channelOn("ops", AlertKind.FAILED, AlertKind.RECOVERED));
        try (both) {
            both.sees(failed("a", "x"));
            both.sees(task("a").status("SUCCESS"));

            Map<String, Object> failure = both.claims("ops").get(0);
            assertThat(failure).containsEntry("kind", "failed");
            assertThat(both.claims("ops")).isEmpty();
            both.delivers(failure);
            assertThat(both.claims("ops")).singleElement().satisfies(alert -> assertThat(alert)
                    .containsEntry("kind", "recovered"));
        }
    }

    @Test
    void it_tells_what_the_task_is_now_and_how_often_it_had_failed() {
        ledger.sees(failed("a", "x"));
        ledger.sees(migrating("a"));
        ledger.sees(task("a").status("SUCCESS").named("orders"));

        assertThat(TestLedger.data(ledger.claims("ops").get(0)))
                .containsEntry("kind", "recovered")
                .containsEntry("task_name", "orders")
                .containsEntry("from_status", "MIGRATING")
                .containsEntry("to_status", "SUCCESS")
                .containsEntry("error_message", null)
                .containsEntry("failure_count", 1);
    }

    private void sees(String statuses) {
        for (String status : statuses.split(" ", -1)) {
            ledger.sees(task("a").status(status));
        }
    }
}
