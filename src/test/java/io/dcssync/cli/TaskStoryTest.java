package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.AlertKind;
import io.dcssync.config.ChannelSettings;
import io.dcssync.config.GivenSettings;
import io.dcssync.config.Secret;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TaskStoryTest {

    private static final Map<String, Object> TASK = row(
                    "source", "prod", "task_id", "a", "task_name", "orders", "status", "FAILED", "failure_count", 2)
            .with("status_since", at(3));

    @Test
    void it_begins_with_the_task_as_it_is_now() {
        assertThat(new TaskStory(TASK, List.of(), List.of()).lines())
                .containsExactly(
                        "Task a (orders) of source prod", "now FAILED, since 2026-11-24T10:03:00Z; failures seen: 2");
        Row nameless = row().with(TASK).with("task_name", null).with("missing_since", at(9));
        assertThat(new TaskStory(nameless, List.of(), List.of()).lines())
                .containsExactly(
                        "Task a of source prod",
                        "now FAILED, since 2026-11-24T10:03:00Z; failures seen: 2; no longer listed since 2026-11-24T10:09:00Z");
    }

    @Test
    void a_change_says_when_it_happened_and_what_went_wrong() {
        assertThat(story(change(2, "MIGRATING", "active", "FAILED", "failed")
                        .with("observed_after", at(1))
                        .with("error_message", "timeout")))
                .startsWith(
                        "2026-11-24T10:02:00Z  MIGRATING -> FAILED, which happened after 2026-11-24T10:01:00Z",
                        "    error: timeout");
    }

    @Test
    void what_is_no_failure_says_so_once() {
        assertThat(story(change(1, null, null, "MIGRATING", "active")))
                .containsExactly("2026-11-24T10:01:00Z  first seen, as MIGRATING", "    no alert: this is no failure");
    }

    @Test
    void a_status_that_nobody_knows_is_told_to_be_that() {
        assertThat(story(change(2, "MIGRATING", "active", "FAILD", "unknown")))
                .contains(
                        "    no alert: what FAILD means was not known (table dcs.status_class), so it did not count as a failure");
    }

    @Test
    void another_name_of_failed_is_no_new_failure_but_the_same_name_is() {
        assertThat(story(change(3, "FAILED", "failed", "ERROR", "failed")))
                .contains("    no alert: from one failed status to another name of it is no new failure");
        assertThat(story(change(3, "FAILED", "failed", "FAILED", "failed")))
                .containsExactly(
                        "2026-11-24T10:03:00Z  failed anew, FAILED as before",
                        "    ops, no alert: the channel was not there then, or did not ask for failed",
                        "    pager, no alert: the channel was not there then, or did not ask for failed");
    }

    @Test
    void a_channel_that_came_later_is_told_to_have_had_none() {
        assertThat(story(failure(alert("ops", 7, "delivered").with("delivered_at", at(4)))))
                .contains(
                        "    ops, alert 7: delivered at 2026-11-24T10:04:00Z",
                        "    pager, no alert: the channel was not there then, or did not ask for failed");
    }

    @Test
    void without_a_channel_nobody_can_be_told() {
        assertThat(new TaskStory(TASK, List.of(change(2, "MIGRATING", "active", "FAILED", "failed")), List.of())
                        .lines())
                .endsWith("    no alert: no channel was there for it");
    }

    @Test
    void a_pending_alert_says_what_it_waits_for() {
        assertThat(fate(alert("ops", 7, "pending").with("next_attempt_at", at(5))))
                .isEqualTo("ops, alert 7: pending: next attempt at 2026-11-24T10:05:00Z, attempts so far 0");
        assertThat(fate(alert("ops", 7, "pending")
                        .with("next_attempt_at", at(5))
                        .with("due", true)
                        .with("attempts", 2)
                        .with("last_error", "HTTP 503")))
                .isEqualTo(
                        "ops, alert 7: pending: due since 2026-11-24T10:05:00Z, attempts so far 2, the last met: HTTP 503");
        assertThat(fate(alert("ops", 7, "pending").with("held", true)))
                .isEqualTo("ops, alert 7: pending: its pass is under way, attempts so far 0");
        assertThat(fate(alert("ops", 7, "pending").with("being_sent", true)))
                .isEqualTo("ops, alert 7: pending: being sent, attempts so far 0");
        assertThat(fate(alert("old", 7, "pending").with("next_attempt_at", at(5))))
                .isEqualTo("old, alert 7: pending: no such channel here, attempts so far 0");
        assertThat(fate(alert("ops", 7, "pending")
                        .with("next_attempt_at", at(5))
                        .with("waits_for", 6L)))
                .isEqualTo(
                        "ops, alert 7: pending: waits for alert 6, an earlier one of the same task, attempts so far 0");
    }

    @Test
    void a_dead_alert_says_what_to_do() {
        assertThat(fate(alert("ops", 7, "dead").with("attempts", 100).with("last_error", "HTTP 503")))
                .isEqualTo("ops, alert 7: dead: given up at attempt 100, which met: HTTP 503;"
                        + " to send it again: alerts retry 7");
    }

    @Test
    void an_alert_that_is_not_sent_says_why() {
        assertThat(fate(alert("ops", 7, "suppressed").with("reason", "first-sync")))
                .isEqualTo("ops, alert 7: not sent: it had failed already when the source was first read (first-sync)");
        assertThat(fate(alert("ops", 7, "suppressed").with("reason", "dropped")))
                .isEqualTo("ops, alert 7: given up by alerts drop; to send it after all: alerts retry 7");
    }

    @Test
    void what_means_nothing_to_a_channel_that_has_another_format_now_says_so() {
        Row alert = alert("ops", 7, "suppressed").with("reason", "no-incident");
        assertThat(fate(alert.with("kind", "resolved")))
                .isEqualTo("ops, alert 7 (resolved): not sent: it resolves an incident, and the channel keeps none now"
                        + " (alert.ops.format)");
        assertThat(fate(alert.with("kind", "recovered")))
                .isEqualTo("ops, alert 7 (recovered): not sent: a recovery opens no incident, and the channel keeps"
                        + " nothing else now (alert.ops.format)");
    }

    @Test
    void one_that_did_not_reach_all_says_so() {
        assertThat(fate(alert("ops", 7, "delivered")
                        .with("delivered_at", at(4))
                        .with("last_error", "1 of 2 addresses refused, SMTP 550: no")))
                .isEqualTo("ops, alert 7: delivered at 2026-11-24T10:04:00Z,"
                        + " but 1 of 2 addresses refused, SMTP 550: no");
    }

    @Test
    void a_recovery_is_told_to_pagerduty_by_resolving_the_incident() {
        ChannelSettings pager = GivenSettings.channel(
                "https://events.pagerduty.com/v2/enqueue",
                "alert.ops.format = pagerduty",
                "alert.ops.secret = R0ut1ngKey",
                "alert.ops.on = failed, recovered");
        List<Map<String, Object>> recovery = List.of(change(4, "FAILED", "failed", "SUCCESS", "succeeded")
                .with(alert("chat", 7, "delivered").with("kind", "recovered").with("delivered_at", at(4))));

        assertThat(new TaskStory(TASK, recovery, List.of(pager)).lines())
                .endsWith("    ops, no alert: a recovery opens no incident, it resolves that of the failure");
    }

    @Test
    void a_muted_alert_says_until_when_by_whom_and_why() {
        Row muted = alert("ops", 7, "suppressed")
                .with("reason", "muted")
                .with("mute_id", 3L)
                .with("muted_by", "ann")
                .with("why", "the move of the old shop")
                .with("muted_until", at(9));
        assertThat(fate(muted))
                .isEqualTo("ops, alert 7: not sent: muted until 2026-11-24T10:09:00Z by ann (mute 3):"
                        + " the move of the old shop; to send it after all: alerts retry 7");
        assertThat(fate(muted.with("muted_until", null))).contains("muted for good by ann (mute 3)");
        assertThat(fate(muted.with("mute_id", null)))
                .isEqualTo("ops, alert 7: not sent: muted by a mute that was deleted since;"
                        + " to send it after all: alerts retry 7");
    }

    @Test
    void one_that_a_digest_tells_of_says_what_became_of_the_digest() {
        assertThat(story(
                        failure(alert("ops", 7, "suppressed")
                                .with("reason", "digest")
                                .with("digest_id", 9L)),
                        alert("ops", 9, "delivered").with("kind", "digest").with("delivered_at", at(6))))
                .hasSize(3)
                .contains("    ops, alert 7: told of in digest 9, which is delivered at 2026-11-24T10:06:00Z");
    }

    @Test
    void an_alert_that_tells_of_no_change_stands_on_its_own() {
        assertThat(story(
                        alert("ops", 7, "dead")
                                .with("kind", "stuck")
                                .with("at", at(4))
                                .with("event_id", "e1"),
                        alert("pager", 8, "delivered")
                                .with("kind", "stuck")
                                .with("at", at(4))
                                .with("event_id", "e1")
                                .with("delivered_at", at(5))))
                .hasSize(3)
                .startsWith("2026-11-24T10:04:00Z  stuck (no change of status)")
                .endsWith("    pager, alert 8 (stuck): delivered at 2026-11-24T10:05:00Z");
    }

    @Test
    void another_kind_of_alert_of_a_change_says_its_kind() {
        assertThat(story(change(4, "FAILED", "failed", "SUCCESS", "succeeded")
                        .with(alert("ops", 7, "delivered")
                                .with("kind", "recovered")
                                .with("delivered_at", at(4)))))
                .containsExactly(
                        "2026-11-24T10:04:00Z  FAILED -> SUCCESS",
                        "    ops, alert 7 (recovered): delivered at 2026-11-24T10:04:00Z",
                        "    pager, no alert: it asks for failed only (alert.pager.on)");
    }

    private static String fate(Row alert) {
        return story(failure(alert)).get(1).strip();
    }

    /** Returns the lines below those of the task itself, with the channels ops and pager configured. */
    private static List<String> story(Row... rows) {
        List<Map<String, Object>> all = Stream.<Map<String, Object>>of(rows).toList();
        return new TaskStory(TASK, all, List.of(channel("ops", AlertKind.values()), channel("pager", AlertKind.FAILED)))
                .lines().stream().skip(3).toList();
    }

    private static ChannelSettings channel(String name, AlertKind... on) {
        return new ChannelSettings(
                name,
                new Secret("log:" + name),
                Set.of(on),
                ChannelSettings.Format.TEXT,
                Optional.empty(),
                ChannelSettings.FirstSync.DIGEST,
                20,
                100,
                Duration.ofSeconds(1));
    }

    private static Row failure(Row alert) {
        return change(2, "MIGRATING", "active", "FAILED", "failed").with(alert);
    }

    private static Row change(int seq, String from, String fromClass, String to, String toClass) {
        return row("seq", seq, "from_status", from, "from_class", fromClass, "to_status", to, "to_class", toClass)
                .with("at", at(seq));
    }

    private static Row alert(String channel, long id, String state) {
        return row("channel", channel, "alert_id", id, "state", state, "kind", "failed")
                .with("held", false)
                .with("being_sent", false)
                .with("due", false)
                .with("attempts", 0);
    }

    private static Timestamp at(int minute) {
        return Timestamp.from(Instant.parse("2026-11-24T10:00:00.7Z").plusSeconds(60L * minute));
    }

    private static Row row(Object... pairs) {
        Row row = new Row();
        for (int i = 0; i < pairs.length; i += 2) {
            row.put((String) pairs[i], pairs[i + 1]);
        }
        return row;
    }

    /** A row of a statement. */
    private static final class Row extends HashMap<String, Object> {

        private static final long serialVersionUID = 1L;

        Row with(String column, Object value) {
            put(column, value);
            return this;
        }

        Row with(Map<String, Object> other) {
            putAll(other);
            return this;
        }
    }
}
