package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static io.dcssync.ledger.ListedTask.migrating;
import static io.dcssync.ledger.ListedTask.task;
import static io.dcssync.ledger.TestLedger.channel;
import static io.dcssync.ledger.TestLedger.channelOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.AlertKind;
import io.dcssync.config.ChannelSettings.FirstSync;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What holds for alerts of all kinds alike, side by side on a channel. */
class AlertKindsIT {

    private static final EnumSet<AlertKind> ALL = EnumSet.allOf(AlertKind.class);

    @AutoClose
    private final TestLedger ledger = new TestLedger(
            channelOn("all", AlertKind.values()),
            channel("five", ALL, FirstSync.EACH, 5),
            channel("four", ALL, FirstSync.EACH, 4),
            channel("gone-and-stuck", EnumSet.of(AlertKind.MISSING, AlertKind.STUCK), FirstSync.EACH, 1));

    @Test
    void each_delivery_of_an_alert_is_the_same_whatever_has_happened_since() {
        everythingHappens();
        ends("failed", 3);
        List<Map<String, Object>> first = ledger.claims("all");
        assertThat(first)
                .extracting(alert -> alert.get("kind"))
                .containsExactlyInAnyOrder("recovered", "failed", "unknown-status", "missing", "stuck", "sync-failing");

        ends("failed", 2);
        ledger.sees(
                failed("gone", "y").named("back"),
                failed("slow", "y"),
                failed("healed", "y"),
                migrating("new"),
                task("broken").status("SUCCESS"));
        ends("failed", 4);
        ledger.database().run("update dcs.status_class set class = 'ended'");
        ledger.database()
                .run("update dcs.alert set claimed_until = now() - interval '1 s' where claimed_until is not null");

        assertThat(ledger.claims("all"))
                .filteredOn(alert ->
                        first.stream().anyMatch(before -> before.get("alert_id").equals(alert.get("alert_id"))))
                .hasSize(first.size())
                .allSatisfy(alert -> assertThat(first).anySatisfy(before -> assertThat(
                                List.of(alert.get("event_id"), alert.get("time"), alert.get("data")))
                        .isEqualTo(List.of(before.get("event_id"), before.get("time"), before.get("data")))));
    }

    @Test
    void all_kinds_of_a_pass_count_towards_digest_above() {
        everythingHappens();

        assertThat(statesOf("five"))
                .containsExactlyInAnyOrder(
                        "recovered pending",
                        "failed pending",
                        "unknown-status pending",
                        "missing pending",
                        "stuck pending");
        assertThat(statesOf("four"))
                .containsExactlyInAnyOrder(
                        "recovered suppressed",
                        "failed suppressed",
                        "unknown-status suppressed",
                        "missing suppressed",
                        "stuck suppressed",
                        "digest pending");
        assertThat(statesOf("gone-and-stuck"))
                .containsExactlyInAnyOrder("missing suppressed", "stuck suppressed", "digest pending");
    }

    @Test
    void a_digest_tells_of_tasks_of_every_kind() {
        everythingHappens();

        Map<String, Object> digest = ledger.claims("four").get(0);

        assertThat(digest).containsEntry("kind", "digest").containsEntry("count", 5L);
        assertThat(TestLedger.tasks(digest))
                .extracting(task -> task.get("kind") + " " + task.get("task_id"))
                .containsExactlyInAnyOrder(
                        "recovered healed", "failed broken", "unknown-status new", "missing gone", "stuck slow");
        assertThat(TestLedger.tasks(ledger.claims("gone-and-stuck").get(0)))
                .extracting(task -> task.get("kind") + " " + task.get("observed_at"))
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allSatisfy(line -> assertThat(line).endsWith((String) digest.get("time")));
    }

    @Test
    void that_a_sync_fails_is_told_of_on_its_own_and_does_not_count() {
        TestPass pass = ledger.opens("prod").with("failingAfter", 1);
        pass.lists(failed("a", "x"), failed("b", "x"), failed("c", "x"), failed("d", "x"));
        pass.ends("failed");
        TestPass more = ledger.opens("test").with("failingAfter", 1);
        more.lists(failed("a", "x"), failed("b", "x"), failed("c", "x"), failed("d", "x"), failed("e", "x"));
        more.ends("failed");

        assertThat(ledger.claims("four"))
                .extracting(alert -> alert.get("source") + " " + alert.get("kind"))
                .containsExactlyInAnyOrder(
                        "prod failed",
                        "prod failed",
                        "prod failed",
                        "prod failed",
                        "prod sync-failing",
                        "test digest",
                        "test sync-failing");
    }

    @Test
    void first_sync_is_about_failures_only() {
        TestLedger shy =
                new TestLedger(channel("none", ALL, FirstSync.NONE, 0), channel("digest", ALL, FirstSync.DIGEST, 0));
        try (shy) {
            shy.sees(failed("a", "x"), task("b").status("PAUSED"));
            assertThat(shy.claims("none"))
                    .extracting(alert -> alert.get("kind"))
                    .containsExactly("unknown-status");
            assertThat(shy.claims("digest"))
                    .extracting(alert -> alert.get("kind"))
                    .containsExactlyInAnyOrder("unknown-status", "digest");
        }
    }

    @Test
    void a_later_alert_of_a_task_waits_for_the_earlier_one_of_another_kind_and_for_the_digest_that_tells_of_it() {
        everythingHappens();
        ledger.sees(
                task("broken").status("SUCCESS"),
                failed("slow", "x"),
                task("new").status("PAUSED"));

        List<Map<String, Object>> first = ledger.claims("all");
        assertThat(first).hasSize(5).noneMatch(alert -> "recovered broken".equals(named(alert)));
        first.forEach(ledger::delivers);
        assertThat(ledger.claims("all"))
                .extracting(AlertKindsIT::named)
                .containsExactlyInAnyOrder("recovered broken", "failed slow");

        List<Map<String, Object>> digest = ledger.claims("four");
        assertThat(digest).extracting(alert -> alert.get("kind")).containsExactly("digest");
        ledger.delivers(digest.get(0));
        assertThat(ledger.claims("four"))
                .extracting(AlertKindsIT::named)
                .containsExactlyInAnyOrder("recovered broken", "failed slow");
    }

    /** One pass with one event of each kind that a whole pass may bring. */
    private void everythingHappens() {
        ledger.sees(migrating("healed"), migrating("broken"), migrating("gone"), migrating("slow"));
        TestPass unheard = ledger.opens("prod").with("policies", "[]");
        unheard.lists(failed("healed", "x"), migrating("broken"), migrating("slow"));
        unheard.ends();
        ledger.database().run("update dcs.task set last_changed_at = now() - interval '2 days' where task_id = 'slow'");
        ledger.sees(
                task("healed").status("SUCCESS"),
                failed("broken", "x"),
                migrating("slow"),
                task("new").status("PAUSED"));
    }

    private void ends(String outcome, int times) {
        for (int i = 0; i < times; i++) {
            ledger.opens("prod").ends(outcome);
        }
    }

    private List<String> statesOf(String channel) {
        return ledger.alerts().stream()
                .filter(alert -> alert.get("channel").equals(channel))
                .map(alert -> alert.get("kind") + " " + alert.get("state"))
                .toList();
    }

    private static String named(Map<String, Object> alert) {
        return alert.get("kind") + " " + alert.get("task_id");
    }
}
