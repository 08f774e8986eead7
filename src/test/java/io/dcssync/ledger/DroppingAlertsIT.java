package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static io.dcssync.ledger.ListedTask.task;
import static io.dcssync.ledger.TestLedger.channel;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is given up on a channel is kept, and never sent by itself. */
class DroppingAlertsIT {

    @AutoClose
    private final TestLedger ledger = new TestLedger(channel("ops"), channel("pager"));

    @Test
    void what_is_pending_or_dead_is_dropped_on_this_channel_only() {
        ledger.sees(failed("a", "x"), failed("b", "x"));
        ledger.delivers(ledger.claims("ops", 1).get(0));
        ledger.sees(failed("c", "x"));
        ledger.database()
                .run(
                        "update dcs.alert set state = 'dead', next_attempt_at = null where channel = 'ops' and task_id = 'b'");

        assertThat(drops("ops"))
                .containsEntry("pending", 1L)
                .containsEntry("dead", 1L)
                .containsEntry("being_sent", 0L)
                .containsEntry("held", 0L);
        assertThat(states("ops")).isEqualTo("delivered, suppressed dropped, suppressed dropped");
        assertThat(states("pager")).isEqualTo("pending, pending, pending");
        assertThat(ledger.claims("ops")).isEmpty();
        assertThat(drops("ops")).containsEntry("pending", 0L).containsEntry("dead", 0L);
    }

    @Test
    void what_is_being_sent_is_left_unless_its_sender_died() {
        ledger.sees(failed("a", "x"));
        Map<String, Object> claimed = ledger.claims("ops").get(0);
        assertThat(drops("ops")).containsEntry("pending", 0L).containsEntry("being_sent", 1L);

        ledger.database().run("update dcs.alert set claimed_until = now() - interval '1 s' where claim is not null");
        assertThat(drops("ops")).containsEntry("pending", 1L).containsEntry("being_sent", 0L);
        assertThat(ledger.delivers(claimed)).isNull();
        assertThat(states("ops")).isEqualTo("suppressed dropped");
    }

    @Test
    void what_a_pass_under_way_has_found_is_left() {
        TestPass pass = ledger.opens("prod");
        pass.lists(failed("a", "x"));
        assertThat(drops("ops")).containsEntry("pending", 0L).containsEntry("held", 1L);
        pass.ends();
        assertThat(ledger.claims("ops")).hasSize(1);
    }

    @Test
    void what_resolves_an_incident_is_left_where_the_receiver_keeps_those() {
        ledger.sees(failed("a", "x"));
        ledger.delivers(ledger.claims("pager").get(0), true);
        ledger.sees(task("a").status("SUCCESS"));
        ledger.settles("pager");
        ledger.sees(failed("a", "y"));

        assertThat(ledger.drops("pager", true))
                .containsEntry("pending", 1L)
                .containsEntry("resolving", 1L)
                .containsEntry("being_sent", 0L);
        assertThat(states("pager")).isEqualTo("delivered, pending, suppressed dropped");
        assertThat(ledger.claims("pager")).singleElement().satisfies(alert -> assertThat(alert)
                .containsEntry("kind", "resolved"));
        assertThat(ledger.drops("pager", true)).containsEntry("resolving", 1L).containsEntry("being_sent", 0L);

        ledger.database().run("update dcs.alert set claimed_until = now() - interval '1 s' where claim is not null");
        assertThat(ledger.drops("pager", false)).containsEntry("pending", 1L).containsEntry("resolving", 0L);
    }

    @Test
    void one_that_is_claimed_at_the_same_moment_is_left() throws Exception {
        ledger.sees(failed("a", "x"));
        CompletableFuture<Map<String, Object>> dropped;
        try (Holding claiming = Holding.of(
                ledger.database(),
                "update dcs.alert set claim = gen_random_uuid(), claimed_until = clock_timestamp() + interval '30 s' where channel = 'ops'")) {
            dropped = CompletableFuture.supplyAsync(() -> drops("ops"));
            claiming.awaitWaiting(1);
            claiming.commit();
        }
        assertThat(dropped.join()).containsEntry("pending", 0L).containsEntry("being_sent", 1L);
        assertThat(states("ops")).isEqualTo("pending");
    }

    @Test
    void the_channels_that_alerts_were_made_for_are_known() {
        assertThat(ledger.askForAll("list-channels", Map.of())).isEmpty();
        ledger.sees(failed("a", "x"), failed("b", "x"));
        assertThat(ledger.askForAll("list-channels", Map.of()))
                .extracting(row -> row.get("channel"))
                .containsExactly("ops", "pager");
    }

    private Map<String, Object> drops(String channel) {
        return ledger.drops(channel, false);
    }

    private Object states(String channel) {
        return ledger.database()
                .one(
                        "select string_agg(concat_ws(' ', state, reason), ', ' order by alert_id) from report.alert where channel = ?",
                        channel);
    }
}
