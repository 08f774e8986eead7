package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static io.dcssync.ledger.ListedTask.migrating;
import static io.dcssync.ledger.ListedTask.task;
import static io.dcssync.ledger.TestLedger.channel;
import static io.dcssync.ledger.TestLedger.channelOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dcssync.config.AlertKind;
import io.dcssync.config.ChannelSettings.FirstSync;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people want to hear nothing of for a while is kept with its reason in the place of being sent. */
class MutedAlertsIT {

    @AutoClose
    private final TestLedger ledger =
            new TestLedger(channelOn("ops", AlertKind.values()), channel("digest", FirstSync.DIGEST, 1));

    @Test
    void a_mute_is_of_sources_and_of_tasks_by_id_or_name() {
        ledger.sees();
        assertThat(mutedBy("prod", null)).containsExactly("a", "b", "c");
        assertThat(mutedBy("pro%", null)).containsExactly("a", "b", "c");
        assertThat(mutedBy(null, null)).containsExactly("a", "b", "c");
        assertThat(mutedBy("test", null)).isEmpty();
        assertThat(mutedBy("PROD", null)).isEmpty();
        assertThat(mutedBy("prod", "a")).containsExactly("a");
        assertThat(mutedBy(null, "shop-%")).containsExactly("a", "b");
        assertThat(mutedBy(null, "shop-1")).containsExactly("a");
        assertThat(mutedBy(null, "shop\\_%")).isEmpty();
        assertThat(mutedBy(null, "Shop-%")).isEmpty();
        assertThat(mutedBy(null, "shop")).isEmpty();
        assertThat(mutedBy("prod", "%-1'; drop table dcs.mute; --")).isEmpty();
    }

    /** Lets a, b and c fail anew while nothing but this is muted; returns those that the channel is not told of. */
    private List<String> mutedBy(String source, String task) {
        ledger.database().run("delete from dcs.mute");
        mutes(source, task);
        String error = "%s %s".formatted(source, task);
        ledger.sees(
                failed("a", error).named("shop-1"),
                failed("b", error).named("shop-2"),
                failed("c", error).named("other"));
        return ledger
                .database()
                .rows("select task_id, reason from dcs.alert where channel = 'ops' and state = 'suppressed'"
                        + " and run_id = (select max(run_id) from dcs.run) order by task_id")
                .stream()
                .map(alert -> (String) alert.get("task_id"))
                .toList();
    }

    @Test
    void alerts_of_every_kind_are_muted_and_a_failing_sync_only_with_its_source() {
        ledger.sees(migrating("healed"), migrating("gone"), migrating("slow"));
        TestPass unheard = ledger.opens("prod").with("policies", "[]");
        unheard.lists(failed("healed", "x"), migrating("slow"));
        unheard.ends();
        ledger.database().run("update dcs.task set last_changed_at = now() - interval '2 days' where task_id = 'slow'");
        mutes("prod", "%");

        ledger.sees(
                task("healed").status("SUCCESS"),
                failed("broken", "x"),
                migrating("slow"),
                task("new").status("PAUSED"));
        assertThat(statesOf("ops"))
                .containsExactlyInAnyOrder(
                        "recovered suppressed muted",
                        "failed suppressed muted",
                        "unknown-status suppressed muted",
                        "missing suppressed muted",
                        "stuck suppressed muted");

        fails(3);
        assertThat(ledger.claims("ops")).extracting(alert -> alert.get("kind")).containsExactly("sync-failing");
        mutes("prod", null);
        ledger.sees();
        fails(3);
        assertThat(statesOf("ops")).contains("sync-failing suppressed muted");
    }

    @Test
    void what_is_muted_is_neither_told_in_a_digest_nor_counted_towards_one() {
        mutes(null, "a");
        ledger.sees(failed("a", "x"), failed("b", "x"));
        assertThat(ledger.claims("digest")).singleElement().satisfies(digest -> assertThat(digest)
                .containsEntry("kind", "digest")
                .containsEntry("count", 1L));

        ledger.sees(failed("a", "y"), failed("b", "y"));
        assertThat(statesOf("digest"))
                .containsExactly(
                        "failed suppressed muted",
                        "failed suppressed digest",
                        "digest pending",
                        "failed suppressed muted",
                        "failed pending");
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete", "failed", "died"})
    void it_is_decided_when_the_pass_ends_however_it_does(String how) {
        TestPass pass = ledger.opens("prod");
        pass.lists(failed("a", "x"));
        mutes("prod", null);
        if (how.equals("died")) {
            pass.dies();
            pass.isTakenOver();
        } else {
            pass.ends(how);
        }
        assertThat(statesOf("ops")).containsExactly("failed suppressed muted");
    }

    @Test
    void what_was_released_before_is_still_sent() {
        ledger.sees(failed("a", "x"));
        mutes("prod", null);
        ledger.sees(failed("a", "x"));
        assertThat(ledger.claims("ops")).hasSize(1);
    }

    @Test
    void a_mute_that_is_over_or_ended_or_deleted_mutes_nothing() {
        mutes("prod", null);
        ledger.sees(failed("a", "x"));
        ledger.database().run("update dcs.mute set until = now()");
        ledger.sees(failed("a", "y"));
        mutes("prod", null);
        ledger.sees(failed("a", "z"));
        ledger.database().run("delete from dcs.mute where until > now()");
        ledger.sees(failed("a", "!"));

        assertThat(statesOf("ops"))
                .containsExactly(
                        "failed suppressed muted", "failed pending", "failed suppressed muted", "failed pending");
    }

    @Test
    void one_that_somebody_is_just_deleting_mutes_nothing_and_nothing_waits_for_him() throws Exception {
        mutes("prod", null);
        try (Holding deleting = Holding.of(ledger.database(), "delete from dcs.mute")) {
            ledger.sees(failed("a", "x"));
            deleting.commit();
        }
        assertThat(statesOf("ops")).containsExactly("failed pending");
    }

    @Test
    void a_task_that_is_still_stuck_and_a_sync_that_still_fails_are_told_of_when_the_mute_is_over() {
        mutes("prod", null);
        ledger.sees(migrating("slow"));
        ledger.database().run("update dcs.task set last_changed_at = now() - interval '2 days'");
        ledger.sees(migrating("slow"));
        Object written = lastWriteOf("stuck");
        ledger.sees(migrating("slow"));
        assertThat(lastWriteOf("stuck")).isEqualTo(written);
        fails(4);
        assertThat(statesOf("ops")).containsExactly("stuck suppressed muted", "sync-failing suppressed muted");
        List<Map<String, Object>> muted = ledger.alerts();

        ledger.database().run("update dcs.mute set until = now()");
        fails(1);
        assertThat(ledger.claims("ops")).singleElement().satisfies(alert -> assertThat(alert)
                .containsEntry("kind", "sync-failing")
                .containsEntry("event_id", muted.get(1).get("event_id").toString()));
        assertThat(TestLedger.data(latest("sync-failing"))).containsEntry("failures", 5);
        ledger.sees(migrating("slow"));
        ledger.sees(migrating("slow"));
        assertThat(statesOf("ops")).containsExactly("stuck pending", "sync-failing pending");
    }

    @Test
    void what_was_sent_after_all_on_one_channel_is_told_on_the_others_when_the_mute_is_over() {
        try (TestLedger two = new TestLedger(
                channelOn("ops", AlertKind.STUCK, AlertKind.SYNC_FAILING),
                channelOn("desk", AlertKind.STUCK, AlertKind.SYNC_FAILING))) {
            two.sees(migrating("slow"));
            two.database().run("update dcs.task set last_changed_at = now() - interval '2 days'");
            two.database().run("insert into dcs.mute (until, why) values (now() + interval '1 hour', 'the move')");
            two.sees(migrating("slow"));
            for (int i = 0; i < 3; i++) {
                two.opens("prod").ends("failed");
            }
            Object byHand = two.database()
                    .one("select json_agg(alert_id)::text from dcs.alert where channel = 'ops' and reason = 'muted'");
            two.askForAll("retry-alerts", Map.of("ids", byHand));
            assertThat(two.claims("ops")).hasSize(2).allSatisfy(alert -> assertThat(two.delivers(alert))
                    .isNotNull());

            two.database().run("update dcs.mute set until = now()");
            two.opens("prod").ends("failed");
            assertThat(two.claims("desk"))
                    .extracting(alert -> alert.get("kind"))
                    .containsExactly("sync-failing");
            two.sees(migrating("slow"));
            assertThat(two.claims("desk"))
                    .extracting(alert -> alert.get("kind"))
                    .containsExactly("stuck");
            assertThat(two.claims("ops")).as("told of before").isEmpty();
        }
    }

    @Test
    void it_can_be_sent_after_all() {
        mutes("prod", null);
        ledger.sees(failed("a", "x"));
        Map<String, Object> which = new HashMap<>();
        which.put("ids", null);
        assertThat(ledger.askForAll("retry-alerts", which))
                .as("all that are dead")
                .isEmpty();
        which.put("ids", "[1]");
        assertThat(ledger.askForAll("retry-alerts", which)).singleElement().satisfies(alert -> assertThat(alert)
                .containsEntry("outcome", "retried"));
        assertThat(ledger.claims("ops")).hasSize(1);
    }

    @Test
    void its_reason_is_told_and_of_several_the_one_that_lasts_longest() {
        mutes("prod", null);
        ledger.database().run("insert into dcs.mute (task, until, why) values ('a', 'infinity', 'known bad')");
        ledger.sees(failed("a", "x"), failed("b", "x"));

        assertThat(explained("a"))
                .containsEntry("why", "known bad")
                .containsEntry("muted_until", null)
                .containsEntry("mute_id", 2L)
                .containsEntry("muted_by", ledger.database().user());
        assertThat(explained("b")).containsEntry("why", "the move").containsEntry("mute_id", 1L);
        assertThat(ledger.database().rows("select why, active, alerts from report.mute order by mute_id"))
                .extracting(Map::toString)
                .containsExactly("{why=the move, active=true, alerts=2}", "{why=known bad, active=true, alerts=2}");

        ledger.database().run("delete from dcs.mute");
        assertThat(explained("a")).containsEntry("reason", "muted").containsEntry("mute_id", null);
    }

    @Test
    void a_mute_without_end_or_reason_or_with_a_pattern_that_is_none_is_refused() {
        String insert = "insert into dcs.mute (source, task, until, why) values ";
        for (String values : List.of(
                "('prod', null, now(), ' ')",
                "('prod', null, now(), null)",
                "('prod', null, null, 'why')",
                "('prod\\', null, now(), 'why')",
                "('prod', 'a\\\\\\', now(), 'why')")) {
            assertThatThrownBy(() -> ledger.database().run(insert + values)).isInstanceOf(AssertionError.class);
        }
        ledger.database().run(insert + "('\\\\', '\\%', now(), 'why')");
    }

    private void mutes(String source, String task) {
        ledger.database()
                .run(
                        "insert into dcs.mute (source, task, until, why) values (?, ?, now() + interval '1 hour', 'the move')",
                        source,
                        task);
    }

    /** Changes with every write to an alert, and every lock on it. */
    private Object lastWriteOf(String kind) {
        return ledger.database().one("select xmin::text || ' ' || xmax::text from dcs.alert where kind = ?", kind);
    }

    private void fails(int times) {
        for (int i = 0; i < times; i++) {
            ledger.opens("prod").ends("failed");
        }
    }

    private Map<String, Object> explained(String task) {
        return ledger.askForAll("explain-task", Map.of("source", "prod", "task", task)).stream()
                .filter(row -> "ops".equals(row.get("channel")))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, Object> latest(String kind) {
        return ledger.database()
                .rows("select data::text from dcs.event e join dcs.alert a using (alert_id) where a.kind = ?", kind)
                .get(0);
    }

    private List<String> statesOf(String channel) {
        return alertsOf(channel).stream()
                .map(alert -> alert.get("kind") + " " + alert.get("state")
                        + (alert.get("reason") == null ? "" : " " + alert.get("reason")))
                .toList();
    }

    private List<Map<String, Object>> alertsOf(String channel) {
        return ledger.alerts().stream()
                .filter(alert -> alert.get("channel").equals(channel))
                .toList();
    }
}
