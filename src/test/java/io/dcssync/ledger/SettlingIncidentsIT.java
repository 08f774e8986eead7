package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static io.dcssync.ledger.ListedTask.migrating;
import static io.dcssync.ledger.ListedTask.task;
import static io.dcssync.ledger.TestLedger.channel;
import static io.dcssync.ledger.TestLedger.channelOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.AlertKind;
import io.dcssync.config.ChannelSettings.FirstSync;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A receiver that keeps incidents is told when each of them is over. */
class SettlingIncidentsIT {

    @AutoClose
    private final TestLedger ledger = new TestLedger(
            channelOn(
                    "pager",
                    AlertKind.FAILED,
                    AlertKind.MISSING,
                    AlertKind.STUCK,
                    AlertKind.UNKNOWN_STATUS,
                    AlertKind.SYNC_FAILING),
            channel("bulk", FirstSync.DIGEST, 1),
            channelOn("chat", AlertKind.FAILED, AlertKind.RECOVERED),
            channel("sum", Set.of(AlertKind.FAILED, AlertKind.RECOVERED), FirstSync.EACH, 1),
            channel("other"));

    @Test
    void a_failure_is_over_once_the_task_has_succeeded_or_ended() {
        Map<String, List<String>> lives = Map.of(
                "succeeded", List.of("SUCCESS", "SUCCESS", "SUCCESS"),
                "ended", List.of("TERMINATED", "TERMINATED", "TERMINATED"),
                "restarted", List.of("MIGRATING", "MIGRATING", "MIGRATING"),
                "restarted and succeeded", List.of("MIGRATING", "SUCCESS", "SUCCESS"),
                "begun anew after that", List.of("MIGRATING", "SUCCESS", "MIGRATING"),
                "failed by another name", List.of("ERROR", "ERROR", "ERROR"),
                "nobody knows", List.of("SOMETHING_NEW", "SOMETHING_NEW", "SOMETHING_NEW"));
        ledger.sees(lives.keySet().stream().map(id -> failed(id, "x")).toArray(ListedTask[]::new));
        Map<Object, Object> failures = deliverAll("pager").stream()
                .collect(Collectors.toMap(alert -> alert.get("task_id"), alert -> alert.get("event_id")));
        assertThat(ledger.settles("pager")).isZero();

        for (int pass = 0; pass < 3; pass++) {
            int at = pass;
            ledger.sees(lives.entrySet().stream()
                    .map(life -> task(life.getKey()).status(life.getValue().get(at)))
                    .toArray(ListedTask[]::new));
        }

        assertThat(ledger.settles("pager")).isEqualTo(4);
        assertThat(resolved("pager"))
                .allSatisfy(
                        resolve -> assertThat(resolve.get("resolves")).isEqualTo(failures.get(resolve.get("task_id"))))
                .allSatisfy(resolve -> assertThat(failures).doesNotContainValue(resolve.get("event_id")))
                .extracting(resolve -> resolve.get("task_id"))
                .containsExactlyInAnyOrder("succeeded", "ended", "restarted and succeeded", "begun anew after that");
        assertThat(ledger.settles("pager")).as("once").isZero();
        assertThat(ledger.settles("other")).as("keeps none").isZero();
    }

    @Test
    void a_task_that_failed_twice_has_two_incidents_and_both_are_over() {
        ledger.sees(failed("a", "x"));
        ledger.sees(migrating("a"));
        ledger.sees(failed("a", "y"));
        List<Map<String, Object>> failures = deliverAll("pager");
        ledger.sees(task("a").status("SUCCESS"));

        assertThat(ledger.settles("pager")).isEqualTo(2);
        assertThat(resolved("pager"))
                .extracting(resolve -> resolve.get("resolves"))
                .containsExactly(
                        failures.get(0).get("event_id"), failures.get(1).get("event_id"));
    }

    @Test
    void a_failure_is_over_when_its_task_goes_missing_and_that_when_it_is_listed_again() {
        ledger.sees(failed("a", "x"), migrating("b"));
        Map<String, Object> failure = deliverAll("pager").get(0);
        ledger.sees(migrating("b"));
        ledger.sees(migrating("b"));

        assertThat(ledger.settles("pager")).isOne();
        List<Map<String, Object>> sent = deliverAll("pager");
        Map<String, Object> missing = sent.get(0);
        assertThat(missing).containsEntry("kind", "missing").containsEntry("resolves", null);
        assertThat(sent.get(1)).containsEntry("kind", "resolved").containsEntry("resolves", failure.get("event_id"));

        assertThat(ledger.settles("pager")).as("still missing").isZero();
        ledger.sees(failed("a", "x"), migrating("b"));
        assertThat(ledger.settles("pager")).isOne();
        assertThat(resolved("pager").get(0)).containsEntry("resolves", missing.get("event_id"));
    }

    @Test
    void a_stuck_task_is_over_when_it_changes() {
        ledger.sees(migrating("a"));
        TestPass pass = ledger.opens("prod").with("stuckAfterSeconds", 0.0);
        pass.lists(migrating("a"));
        pass.ends();
        assertThat(deliverAll("pager")).hasSize(1);
        assertThat(ledger.settles("pager")).isZero();

        ledger.sees(migrating("a").named("moves"));

        assertThat(ledger.settles("pager")).isOne();
    }

    @Test
    void a_failing_sync_is_over_with_a_whole_pass() {
        for (int pass = 0; pass < 3; pass++) {
            ledger.opens("prod").ends("failed");
        }
        assertThat(deliverAll("pager")).hasSize(1);
        ledger.opens("prod").ends("suspect");
        assertThat(ledger.settles("pager")).isZero();

        ledger.sees(migrating("a"));

        assertThat(ledger.settles("pager")).isOne();
        assertThat(resolved("pager").get(0)).containsEntry("task_id", null).containsEntry("data", "{}");
    }

    @Test
    void a_digest_is_over_when_all_that_it_tells_of_is() {
        ledger.sees(failed("a", "x"), failed("b", "y"));
        Map<String, Object> digest = deliverAll("bulk").get(0);
        ledger.sees(task("a").status("SUCCESS"), failed("b", "y"));
        assertThat(ledger.settles("bulk")).isZero();

        // that a fails again is another alert's to tell
        ledger.sees(failed("a", "z"), task("b").status("SUCCESS"));

        assertThat(ledger.settles("bulk")).isOne();
        assertThat(resolved("bulk")).singleElement().satisfies(resolve -> assertThat(resolve)
                .containsEntry("resolves", digest.get("event_id")));
    }

    @Test
    void what_its_receiver_has_not_taken_yet_is_resolved_only_after_that() {
        ledger.sees(failed("a", "x"));
        ledger.sees(task("a").status("SUCCESS"));
        assertThat(ledger.settles("pager")).isZero();

        deliverAll("pager");

        assertThat(ledger.settles("pager")).isOne();
    }

    @Test
    void one_that_is_sent_again_is_resolved_again() {
        ledger.sees(failed("a", "x"));
        Map<String, Object> failure = deliverAll("pager").get(0);
        ledger.sees(task("a").status("SUCCESS"));
        ledger.settles("pager");
        deliverAll("pager");

        ledger.askForAll("retry-alerts", Map.of("ids", "[" + failure.get("alert_id") + "]"));
        deliverAll("pager");

        assertThat(ledger.settles("pager")).isOne();
    }

    @Test
    void a_channel_that_keeps_incidents_no_more_is_not_told_that_one_is_over() {
        ledger.sees(failed("a", "x"));
        deliverAll("pager");
        ledger.sees(task("a").status("SUCCESS"));
        ledger.settles("pager");
        ledger.sees(failed("a", "y"));

        assertThat(ledger.settles("pager", false)).isZero();

        assertThat(deliverAll("pager")).extracting(alert -> alert.get("kind")).containsExactly("failed");
        assertThat(statesOf("pager"))
                .containsExactly("failed delivered", "resolved suppressed no-incident", "failed delivered");
        assertThat(statesOf("other")).as("of other channels").allMatch("failed pending"::equals);

        assertThat(ledger.askForAll("retry-alerts", Map.of("ids", "[" + numberOf("resolved") + "]")))
                .as("once it keeps them again")
                .singleElement()
                .satisfies(alert -> assertThat(alert).containsEntry("outcome", "retried"));
    }

    @Test
    void one_that_is_being_sent_is_left() {
        ledger.sees(failed("a", "x"));
        deliverAll("pager");
        ledger.sees(task("a").status("SUCCESS"));
        ledger.settles("pager");
        Map<String, Object> claimed = ledger.claims("pager").get(0);

        ledger.settles("pager", false);

        assertThat(ledger.delivers(claimed)).isNotNull();
    }

    @Test
    void what_a_change_of_format_left_untold_is_told_when_the_channel_keeps_incidents_again() {
        ledger.sees(failed("a", "x"));
        deliverAll("pager");
        ledger.sees(task("a").status("SUCCESS"));
        ledger.settles("pager");
        ledger.settles("pager", false);
        assertThat(statesOf("pager")).endsWith("resolved suppressed no-incident");

        ledger.settles("pager");

        assertThat(deliverAll("pager")).extracting(alert -> alert.get("kind")).containsExactly("resolved");
    }

    @Test
    void a_channel_that_keeps_incidents_by_now_gets_none_for_a_recovery() {
        ledger.sees(failed("a", "x"), failed("b", "x"));
        ledger.claims("chat").forEach(ledger::delivers);
        ledger.claims("sum").forEach(ledger::delivers);
        ledger.sees(task("a").status("SUCCESS"), task("b").status("SUCCESS"));

        assertThat(ledger.settles("chat")).isZero();
        assertThat(ledger.settles("sum")).isZero();

        assertThat(deliverAll("chat")).isEmpty();
        assertThat(deliverAll("sum")).isEmpty();
        assertThat(statesOf("chat")).endsWith("recovered suppressed no-incident", "recovered suppressed no-incident");
        assertThat(statesOf("sum")).endsWith("digest suppressed no-incident");
    }

    @Test
    void a_recovery_in_a_digest_keeps_no_incident_open() {
        ledger.sees(failed("a", "x"), migrating("b"));
        ledger.delivers(ledger.claims("sum").get(0));
        ledger.sees(task("a").status("SUCCESS"), failed("b", "x"));
        assertThat(deliverAll("sum")).extracting(alert -> alert.get("kind")).containsExactly("digest");
        assertThat(ledger.settles("sum")).isZero();

        ledger.sees(task("a").status("SUCCESS"), task("b").status("SUCCESS"));

        assertThat(ledger.settles("sum")).isOne();
    }

    private List<String> statesOf(String channel) {
        return ledger.alerts().stream()
                .filter(alert -> alert.get("channel").equals(channel))
                .map(alert -> alert.get("kind") + " " + alert.get("state")
                        + (alert.get("reason") == null ? "" : " " + alert.get("reason")))
                .toList();
    }

    private Object numberOf(String kind) {
        return ledger.database().one("select alert_id from report.alert where kind = ?", kind);
    }

    /** Delivers what is due on a channel, and returns it. */
    private List<Map<String, Object>> deliverAll(String channel) {
        List<Map<String, Object>> due = new ArrayList<>();
        for (List<Map<String, Object>> claimed = ledger.claims(channel);
                !claimed.isEmpty();
                claimed = ledger.claims(channel)) {
            claimed.forEach(alert -> ledger.delivers(alert, alert.get("resolves") == null));
            due.addAll(claimed);
        }
        return due;
    }

    /** Delivers what is due on a channel, and returns what resolves. */
    private List<Map<String, Object>> resolved(String channel) {
        return deliverAll(channel).stream()
                .filter(alert -> alert.get("kind").equals("resolved"))
                .toList();
    }
}
