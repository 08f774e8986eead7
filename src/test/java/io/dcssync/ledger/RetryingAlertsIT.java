package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static io.dcssync.ledger.ListedTask.migrating;
import static io.dcssync.ledger.TestLedger.channel;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.ChannelSettings.FirstSync;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a user sends again is due at once, with attempts that start anew; what others have in hand is left to them. */
class RetryingAlertsIT {

    @AutoClose
    private final TestLedger ledger = new TestLedger(channel("ops"));

    @Test
    void without_a_number_all_dead_ones_are_due_again_and_nothing_else_is_touched() {
        ledger.sees(failed("a", "x"), failed("b", "x"), failed("c", "x"));
        isDead(1);
        isDead(3);

        assertThat(retries()).containsExactly("1 retried", "3 retried");
        assertThat(ledger.alerts())
                .allSatisfy(alert ->
                        assertThat(alert).containsEntry("state", "pending").containsEntry("attempts", 0));
        assertThat(ledger.claims("ops")).hasSize(3);
        assertThat(retries()).isEmpty();
    }

    @Test
    void attempts_start_anew_and_what_the_last_one_met_is_still_told() {
        ledger.sees(failed("a", "x"));
        isDead(1);
        retries();
        assertThat(ledger.alerts().get(0))
                .containsEntry("attempts", 0)
                .containsEntry("last_error", "HTTP 503")
                .containsEntry("state", "pending");
        assertThat(ledger.failsToSend(ledger.claims("ops").get(0), "HTTP 502"))
                .containsEntry("state", "pending")
                .containsEntry("attempts", 1);
    }

    @Test
    void one_that_waits_for_its_backoff_is_due_at_once() {
        ledger.sees(failed("a", "x"));
        ledger.failsToSend(ledger.claims("ops").get(0), "HTTP 503");
        assertThat(retries(1)).containsExactly("1 retried");
        assertThat(ledger.claims("ops")).singleElement().satisfies(alert -> assertThat(alert)
                .containsEntry("attempts", 0));
    }

    @Test
    void one_that_was_delivered_goes_out_again_with_the_same_id() {
        ledger.sees(failed("a", "x"));
        Map<String, Object> first = ledger.claims("ops").get(0);
        ledger.delivers(first);

        assertThat(retries(1)).containsExactly("1 retried");
        assertThat(ledger.claims("ops")).singleElement().satisfies(again -> assertThat(again)
                .containsEntry("event_id", first.get("event_id")));
    }

    @Test
    void one_that_was_dropped_can_be_sent_after_all() {
        ledger.sees(failed("a", "x"));
        ledger.drops("ops", false);
        assertThat(ledger.claims("ops")).isEmpty();
        assertThat(retries()).isEmpty();
        assertThat(retries(1)).containsExactly("1 retried");
        assertThat(ledger.claims("ops")).hasSize(1);
    }

    @Test
    void one_that_is_told_of_in_a_digest_is_not_sent_but_the_digest_can_be() {
        try (TestLedger digesting = new TestLedger(channel("ops", FirstSync.DIGEST, 0))) {
            digesting.sees(failed("a", "x"));
            digesting.delivers(digesting.claims("ops").get(0));
            assertThat(retries(digesting, "[1, 2]")).containsExactly("1 digest", "2 retried");
            assertThat(digesting.askForAll("retry-alerts", Map.of("ids", "[1]")))
                    .singleElement()
                    .satisfies(refused -> assertThat(refused).containsEntry("digest_id", 2L));
            assertThat(digesting.claims("ops")).singleElement().satisfies(digest -> assertThat(digest)
                    .containsEntry("kind", "digest"));
        }
    }

    @Test
    void one_that_was_not_to_be_sent_at_first_is_not() {
        try (TestLedger silent = new TestLedger(channel("ops", FirstSync.NONE, 0))) {
            silent.sees(failed("a", "x"));
            assertThat(retries(silent, "[1]")).containsExactly("1 first-sync");
            assertThat(silent.alerts().get(0)).containsEntry("state", "suppressed");
        }
    }

    @Test
    void numbers_that_no_alert_has_are_told_and_one_that_is_given_twice_counts_once() {
        ledger.sees(failed("a", "x"));
        assertThat(retries(1, 1, 77)).containsExactly("1 retried", "77 unknown");
    }

    @Test
    void one_whose_pass_is_under_way_is_left_to_the_pass() {
        TestPass pass = ledger.opens("prod");
        pass.lists(failed("a", "x"));
        assertThat(retries(1)).containsExactly("1 held");
        assertThat(ledger.claims("ops")).isEmpty();
        pass.ends();
        assertThat(ledger.claims("ops")).hasSize(1);
    }

    @Test
    void one_that_another_process_is_sending_is_left_to_it() {
        ledger.sees(failed("a", "x"));
        Map<String, Object> claimed = ledger.claims("ops").get(0);
        assertThat(retries(1)).containsExactly("1 being-sent");
        assertThat(ledger.delivers(claimed)).containsEntry("attempts", 1);
    }

    @Test
    void one_whose_sender_died_is_taken_from_it() {
        ledger.sees(failed("a", "x"));
        Map<String, Object> claimed = ledger.claims("ops").get(0);
        ledger.database().run("update dcs.alert set claimed_until = now() - interval '1 s'");
        assertThat(retries(1)).containsExactly("1 retried");
        assertThat(ledger.delivers(claimed)).isNull();
        assertThat(ledger.failsToSend(claimed, "late")).isNull();
        assertThat(ledger.claims("ops")).hasSize(1);
    }

    @Test
    void one_that_is_claimed_at_the_same_moment_is_seen_to_be_claimed() throws Exception {
        ledger.sees(failed("a", "x"));
        CompletableFuture<List<String>> retried;
        try (Holding claiming = Holding.of(
                ledger.database(),
                "update dcs.alert set claim = gen_random_uuid(), claimed_until = clock_timestamp() + interval '30 s'")) {
            retried = CompletableFuture.supplyAsync(() -> retries(1));
            claiming.awaitWaiting(1);
            claiming.commit();
        }
        assertThat(retried.join()).containsExactly("1 being-sent");
        assertThat(ledger.database().one("select count(*) from dcs.alert where claim is not null"))
                .isEqualTo(1L);
    }

    @Test
    void one_that_is_delivered_at_the_same_moment_is_no_dead_one() throws Exception {
        ledger.sees(failed("a", "x"));
        isDead(1);
        CompletableFuture<List<String>> retried;
        try (Holding other = Holding.of(
                ledger.database(),
                "update dcs.alert set state = 'delivered', delivered_at = clock_timestamp() where alert_id = 1")) {
            retried = CompletableFuture.supplyAsync(this::retries);
            other.awaitWaiting(1);
            other.commit();
        }
        assertThat(retried.join()).isEmpty();
        assertThat(ledger.alerts().get(0)).containsEntry("state", "delivered");
    }

    @Test
    void many_who_retry_drop_claim_and_pass_at_once_do_not_block_each_other_for_good() {
        List<ListedTask> tasks = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            tasks.add(failed("task-" + i, "x"));
        }
        ledger.sees(tasks.toArray(ListedTask[]::new));
        ledger.database().run("update dcs.alert set state = 'dead', next_attempt_at = null where alert_id % 2 = 0");

        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int round = i;
            all.add(CompletableFuture.runAsync(this::retries));
            all.add(CompletableFuture.runAsync(() -> retries(60, 59, 58, 3, 2, 1)));
            all.add(CompletableFuture.runAsync(() -> ledger.drops("ops", false)));
            all.add(CompletableFuture.runAsync(() -> ledger.claims("ops", 20)));
            all.add(CompletableFuture.runAsync(() -> seesFromElsewhere("other-" + round, tasks)));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).join();
        assertThat(ledger.alerts()).hasSize(60 * 6);
    }

    @Test
    void how_they_stand_afterwards_is_counted() {
        ledger.sees(failed("a", "x"), failed("b", "x"), migrating("c"), failed("d", "x"));
        ledger.delivers(ledger.claims("ops", 1).get(0));
        isDead(2);
        assertThat(ledger.ask("count-retried-alerts", Map.of("ids", "[1, 2, 3]")))
                .containsEntry("delivered", 1L)
                .containsEntry("pending", 1L)
                .containsEntry("dead", 1L);
    }

    private void seesFromElsewhere(String source, List<ListedTask> tasks) {
        TestPass pass = ledger.opens(source);
        pass.lists(tasks.toArray(ListedTask[]::new));
        pass.ends();
    }

    private void isDead(long alert) {
        ledger.database()
                .run(
                        "update dcs.alert set state = 'dead', next_attempt_at = null, attempts = 3, last_error = 'HTTP 503' where alert_id = ?",
                        alert);
    }

    private List<String> retries(long... alerts) {
        return retries(ledger, alerts.length == 0 ? null : Arrays.toString(alerts));
    }

    private static List<String> retries(TestLedger ledger, String ids) {
        Map<String, Object> which = new HashMap<>();
        which.put("ids", ids);
        return ledger.askForAll("retry-alerts", which).stream()
                .map(row -> row.get("alert_id") + " " + row.get("outcome"))
                .toList();
    }
}
