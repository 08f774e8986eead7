package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static io.dcssync.ledger.ListedTask.migrating;
import static io.dcssync.ledger.ListedTask.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is a new failure, which is counted and alerted, and what is the same one in other words. */
class FailingAnewIT {

    private static final String MAY = "2024-05-01T10:00:00Z";
    private static final String JUNE = "2024-06-01T10:00:00Z";

    @AutoClose
    private final TestLedger ledger = new TestLedger(TestLedger.channel("ops"), TestLedger.channel("pager"));

    @Test
    void a_failure_is_counted_and_alerted_once_per_channel() {
        ledger.sees(migrating("a"));
        ledger.sees(failed("a", "x"));
        ledger.sees(failed("a", "x"));

        assertThat(ledger.task("a")).containsEntry("failure_count", 1);
        List<Map<String, Object>> alerts = ledger.alerts();
        assertThat(alerts).extracting(alert -> alert.get("channel")).containsExactlyInAnyOrder("ops", "pager");
        assertThat(alerts).allSatisfy(alert -> assertThat(alert)
                .containsEntry("kind", "failed")
                .containsEntry("task_id", "a")
                .containsEntry("transition_id", ledger.transitions("a").get(1).get("transition_id")));
        assertThat(alerts.get(0).get("event_id")).isEqualTo(alerts.get(1).get("event_id"));
    }

    @Test
    void without_channels_there_is_no_alert_and_all_else_is_the_same() {
        ledger.opens("prod").with("policies", "[]").lists(failed("a", "x"));
        assertThat(ledger.alerts()).isEmpty();
        assertThat(ledger.task("a")).containsEntry("failure_count", 1);
        assertThat(ledger.transitions("a")).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("failuresAndAnotherOne")
    void failed_again_between_two_looks_is_a_new_failure(ListedTask before, ListedTask after) {
        ledger.sees(before);
        Map<String, Object> run = ledger.sees(after);

        assertThat(ledger.task("a")).containsEntry("failure_count", 2);
        assertThat(ledger.transitions("a")).last().satisfies(again -> {
            assertThat(again)
                    .containsEntry("seq", 2)
                    .containsEntry("from_status", "FAILED")
                    .containsEntry("to_status", "FAILED");
            assertThat(again.get("observed_at")).isEqualTo(ledger.task("a").get("status_since"));
        });
        assertThat(ledger.alerts()).hasSize(4);
        assertThat(run).containsEntry("transitions", 1).containsEntry("changed", 1);
    }

    static Stream<Arguments> failuresAndAnotherOne() {
        return Stream.of(
                Arguments.of(failed("a", "x"), failed("a", "y")),
                Arguments.of(failed("a", "x"), failed("a", "y").status(null)),
                Arguments.of(failed("a", "x").createdAt(MAY), failed("a", "x").createdAt(JUNE)),
                Arguments.of(failed("a", "x").releasedAt(MAY), failed("a", "x").releasedAt(JUNE)));
    }

    @ParameterizedTest
    @MethodSource("failuresAndTheSameOne")
    void what_becomes_known_or_unknown_or_does_not_tell_failures_apart_is_no_new_failure(
            ListedTask before, ListedTask after) {
        ledger.sees(before);
        Map<String, Object> run = ledger.sees(after);

        assertThat(run).containsEntry("changed", 1).containsEntry("transitions", 0);
        assertThat(ledger.task("a")).containsEntry("failure_count", 1);
        assertThat(ledger.versions("a")).hasSize(2);
        assertThat(ledger.alerts()).hasSize(2);
    }

    static Stream<Arguments> failuresAndTheSameOne() {
        return Stream.of(
                Arguments.of(failed("a", "x"), failed("a", null)),
                Arguments.of(failed("a", null), failed("a", "x")),
                Arguments.of(failed("a", "x"), failed("a", "x").releasedAt(MAY)),
                Arguments.of(failed("a", "x").releasedAt(MAY), failed("a", "x")),
                Arguments.of(failed("a", "x").createdAt(MAY), failed("a", "x")),
                Arguments.of(
                        failed("a", "x").createdAt("2024-05-01T10:00:00Z"),
                        failed("a", "x").createdAt("2024-05-01T12:00:00+02:00")),
                Arguments.of(failed("a", "x"), failed("a", "x").named("renamed")));
    }

    @Test
    void another_error_message_of_a_task_that_has_not_failed_is_no_failure() {
        ledger.sees(migrating("a").error("x"));
        assertThat(ledger.sees(migrating("a").error("y"))).containsEntry("transitions", 0);
        assertThat(ledger.alerts()).isEmpty();
    }

    @Test
    void another_name_of_the_failed_status_is_a_transition_and_no_new_failure() {
        ledger.sees(failed("a", "x"));
        ledger.sees(task("a").status("ERROR").error("y"));

        assertThat(ledger.transitions("a")).hasSize(2);
        assertThat(ledger.task("a")).containsEntry("failure_count", 1);
        assertThat(ledger.alerts()).hasSize(2);
    }

    @Test
    void a_failure_after_a_restart_that_was_seen_is_a_new_one() {
        ledger.sees(failed("a", "x"));
        ledger.sees(migrating("a"));
        ledger.sees(failed("a", "x"));

        assertThat(ledger.transitions("a"))
                .extracting(row -> row.get("to_status"))
                .containsExactly("FAILED", "MIGRATING", "FAILED");
        assertThat(ledger.task("a")).containsEntry("failure_count", 2);
        assertThat(ledger.alerts()).hasSize(4);
    }

    @Test
    void each_transition_keeps_the_error_message_of_its_time() {
        ledger.sees(failed("a", "x"));
        ledger.sees(failed("a", "y"));
        assertThat(ledger.transitions("a"))
                .extracting(row -> row.get("error_message"))
                .containsExactly("x", "y");
    }
}
