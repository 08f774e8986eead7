package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static io.dcssync.ledger.TestLedger.channel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dcssync.config.ChannelSettings.FirstSync;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Who may send which alert when, and what is recorded of it. */
class ClaimingAlertsIT {

    @AutoClose
    private final TestLedger ledger = new TestLedger(channel("ops"), channel("pager"));

    @Test
    void the_oldest_come_first_and_each_is_claimed_once() {
        ledger.sees(failed("a", "x"), failed("b", "x"), failed("c", "x"));
        assertThat(tasksOf(ledger.claims("ops", 2))).containsExactly("a", "b");
        assertThat(tasksOf(ledger.claims("ops", 2))).containsExactly("c");
        assertThat(ledger.claims("ops", 2)).isEmpty();
    }

    @Test
    void channels_do_not_wait_for_each_other() {
        ledger.sees(failed("a", "x"));
        assertThat(ledger.claims("ops")).hasSize(1);
        assertThat(ledger.claims("pager")).hasSize(1);
        assertThat(ledger.claims("unheard-of")).isEmpty();
    }

    @Test
    void who_died_with_a_claim_leaves_the_alert_to_others_when_the_claim_ends() {
        ledger.sees(failed("a", "x"));
        Map<String, Object> first = ledger.claims("ops").get(0);
        claimsEnd();
        Map<String, Object> second = ledger.claims("ops").get(0);

        assertThat(second)
                .containsEntry("alert_id", first.get("alert_id"))
                .containsEntry("event_id", first.get("event_id"));
        assertThat(ledger.delivers(first)).isNull();
        assertThat(ledger.failsToSend(first, "503")).isNull();
        assertThat(ledger.ask("release-claim", Map.of("alert", first.get("alert_id"), "claim", first.get("claim"))))
                .isNull();
        assertThat(ledger.alerts().get(0)).containsEntry("state", "pending").containsEntry("attempts", 0);
        assertThat(ledger.delivers(second)).containsEntry("attempts", 1);
    }

    @Test
    void a_message_of_megabytes_is_handed_out_cut() {
        ledger.sees(failed("a", "m".repeat(3_000_000)));
        assertThat((String) ledger.claims("ops").get(0).get("data")).hasSizeBetween(8_000, 12_000);
    }

    @Test
    void a_claim_can_be_given_back_unsent() {
        ledger.sees(failed("a", "x"));
        Map<String, Object> claimed = ledger.claims("ops").get(0);
        assertThat(ledger.ask("release-claim", Map.of("alert", claimed.get("alert_id"), "claim", claimed.get("claim"))))
                .containsEntry("attempts", 0);
        assertThat(ledger.claims("ops")).singleElement().satisfies(again -> assertThat(again)
                .containsEntry("attempts", 0));
    }

    @Test
    void what_was_delivered_stays_delivered() {
        ledger.sees(failed("a", "x"));
        Map<String, Object> claimed = ledger.claims("ops").get(0);
        assertThat(ledger.delivers(claimed)).isNotNull();

        assertThat(ledger.delivers(claimed)).isNull();
        assertThat(ledger.failsToSend(claimed, "503")).isNull();
        assertThat(ledger.claims("ops")).isEmpty();
        Map<String, Object> alert = ledger.alerts().get(0);
        assertThat(alert).containsEntry("state", "delivered").containsEntry("attempts", 1);
        assertThat(alert.get("delivered_at")).isNotNull();
    }

    @Test
    void of_a_few_deliveries_those_are_recorded_whose_claim_still_holds() {
        ledger.sees(failed("a", "x"), failed("b", "x"), failed("c", "x"));
        List<Map<String, Object>> claimed = ledger.claims("ops");
        ledger.database().run("update dcs.alert set claim = gen_random_uuid() where task_id = 'b' and channel = 'ops'");

        assertThat(ledger.delivers(claimed, false))
                .extracting(row -> row.get("alert_id"))
                .containsExactlyInAnyOrder(
                        claimed.get(0).get("alert_id"), claimed.get(2).get("alert_id"));
        assertThat(ledger.database()
                        .one("select string_agg(task_id, '' order by task_id) from report.alert"
                                + " where channel = 'ops' and state = 'delivered'"))
                .isEqualTo("ac");
    }

    @Test
    void an_alert_that_is_refused_for_good_is_dead_at_once_and_later_ones_of_its_task_go_on() {
        ledger.sees(failed("a", "x"));
        ledger.sees(failed("a", "y"));

        assertThat(ledger.isRefused(ledger.claims("ops").get(0), "HTTP 404: no such hook"))
                .containsEntry("state", "dead")
                .containsEntry("attempts", 1)
                .containsEntry("again_at", null);

        assertThat(ledger.alerts().get(0))
                .containsEntry("state", "dead")
                .containsEntry("next_attempt_at", null)
                .containsEntry("last_error", "HTTP 404: no such hook");
        assertThat(ledger.claims("ops")).hasSize(1);
    }

    @Test
    void a_failed_attempt_is_tried_again_after_a_growing_backoff_and_in_the_end_the_alert_is_dead() {
        ledger.sees(failed("a", "x"));

        assertThat(ledger.failsToSend(ledger.claims("ops").get(0), "503 'busy'"))
                .containsEntry("state", "pending")
                .containsEntry("attempts", 1);
        assertThat(ledger.claims("ops")).isEmpty();
        assertThat(secondsToWait()).isBetween(0.5, 1.25);
        backoffIsOver();
        assertThat(ledger.failsToSend(ledger.claims("ops").get(0), "503")).containsEntry("state", "pending");
        assertThat(secondsToWait()).isBetween(1.3, 2.5);
        backoffIsOver();
        assertThat(ledger.failsToSend(ledger.claims("ops").get(0), "502"))
                .containsEntry("state", "dead")
                .containsEntry("attempts", 3)
                .containsEntry("again_at", null);

        assertThat(ledger.claims("ops")).isEmpty();
        assertThat(ledger.alerts().get(0))
                .containsEntry("state", "dead")
                .containsEntry("next_attempt_at", null)
                .containsEntry("last_error", "502");
    }

    @Test
    void a_receiver_that_says_when_to_come_back_is_obeyed_be_it_sooner_or_later_than_the_backoff() {
        ledger.sees(failed("a", "x"));

        ledger.failsToSend(ledger.claims("ops").get(0), "503", 100, 3600.0);
        assertThat(secondsToWait()).isBetween(3590.0, 3600.0);
        assertThat(ledger.claims("ops")).isEmpty();
        ledger.database().run("update dcs.alert set attempts = 9");
        backoffIsOver();
        ledger.failsToSend(ledger.claims("ops").get(0), "503", 100, 5.0);
        assertThat(secondsToWait()).isBetween(3.0, 5.0);
    }

    @Test
    void a_receiver_that_keeps_saying_soon_does_not_use_up_all_attempts_in_minutes() {
        ledger.sees(failed("a", "x"));
        ledger.database().run("update dcs.alert set attempts = 10");

        ledger.failsToSend(ledger.claims("ops").get(0), "503", 100, 5.0);
        assertThat(secondsToWait()).isGreaterThan(700);
        backoffIsOver();
        ledger.failsToSend(ledger.claims("ops").get(0), "503", 100, 3600.0);
        assertThat(secondsToWait()).isGreaterThan(3590);
    }

    @Test
    void an_alert_waits_for_earlier_ones_of_its_task_and_channel_and_for_no_others() {
        ledger.sees(failed("a", "x"));
        ledger.sees(failed("a", "y"), failed("b", "x"));

        List<Map<String, Object>> first = ledger.claims("ops");
        assertThat(tasksOf(first)).containsExactly("a", "b");
        assertThat(tasksOf(ledger.claims("pager"))).containsExactly("a", "b");

        ledger.failsToSend(first.get(0), "503");
        assertThat(ledger.claims("ops")).isEmpty();
        backoffIsOver();
        ledger.delivers(ledger.claims("ops").get(0));
        assertThat(ledger.claims("ops")).singleElement().satisfies(second -> assertThat((String) second.get("data"))
                .contains("\"y\""));
    }

    @Test
    void a_digest_waits_for_earlier_alerts_of_its_tasks_and_channel() {
        try (TestLedger folding = new TestLedger(channel("ops", FirstSync.EACH, 1))) {
            folding.sees(failed("a", "x"));
            folding.failsToSend(folding.claims("ops").get(0), "503");
            folding.sees(failed("a", "y"), failed("b", "x"));
            folding.sees(failed("a", "z"), failed("c", "x"));
            assertThat(folding.claims("ops")).isEmpty();

            folding.database().run("update dcs.alert set next_attempt_at = now() where next_attempt_at is not null");
            folding.delivers(onlyOne(folding.claims("ops")));
            Map<String, Object> first = onlyOne(folding.claims("ops"));
            assertThat(TestLedger.tasks(first)).extracting("task_id").containsExactlyInAnyOrder("a", "b");
            folding.delivers(first);
            Map<String, Object> second = onlyOne(folding.claims("ops"));
            assertThat(TestLedger.tasks(second)).extracting("task_id").containsExactlyInAnyOrder("a", "c");
        }
    }

    private static Map<String, Object> onlyOne(List<Map<String, Object>> claimed) {
        assertThat(claimed).hasSize(1);
        return claimed.get(0);
    }

    @Test
    void an_alert_does_not_wait_for_one_that_is_dead() {
        ledger.sees(failed("a", "x"));
        ledger.sees(failed("a", "y"));
        ledger.database().run("update dcs.alert set state = 'dead', next_attempt_at = null where alert_id = 1");
        ledger.database().run("update dcs.alert set state = 'dead', next_attempt_at = null where alert_id = 2");
        assertThat(ledger.claims("ops")).hasSize(1);
    }

    @Test
    void many_who_claim_at_once_share_the_alerts() {
        ledger.sees(
                IntStream.range(0, 40).mapToObj(i -> failed("task-" + i, "x")).toArray(ListedTask[]::new));
        List<CompletableFuture<List<Map<String, Object>>>> claims = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> ledger.claims("ops", 20)))
                .limit(4)
                .toList();
        assertThat(claims.stream()
                        .map(CompletableFuture::join)
                        .flatMap(List::stream)
                        .map(alert -> alert.get("alert_id")))
                .doesNotHaveDuplicates();
    }

    @Test
    void ten_thousand_that_are_due_are_handed_out_quickly_even_while_the_tables_have_no_statistics() {
        ledger.sees(IntStream.range(0, 10_000)
                .mapToObj(i -> failed("task-" + i, "x"))
                .toArray(ListedTask[]::new));

        assertTimeout(Duration.ofSeconds(3), () -> assertThat(ledger.claims("ops", 20))
                .hasSize(20));
    }

    @Test
    void it_is_known_how_many_alerts_others_are_sending() {
        ledger.sees(failed("a", "x"), failed("b", "x"));
        ledger.claims("ops", 1);
        assertThat(claimsOf("ops")).isEqualTo(1L);
        assertThat(claimsOf("pager")).isEqualTo(0L);
        claimsEnd();
        assertThat(claimsOf("ops")).isEqualTo(0L);
    }

    @Test
    void a_claimed_alert_says_what_happened_to_which_task() throws Exception {
        ledger.sees(ListedTask.migrating("a"));
        ledger.sees(failed("a", "it's \"broken\"").createdAt("2024-05-01T10:00:00.5Z"));
        Map<String, Object> claimed = ledger.claims("ops").get(0);

        JsonNode data = new ObjectMapper().readTree((String) claimed.get("data"));
        assertThat(data.path("source").asText()).isEqualTo("prod");
        assertThat(data.path("project_id").asText()).isEqualTo("project-1");
        assertThat(data.path("from_status").asText()).isEqualTo("MIGRATING");
        assertThat(data.path("to_status").asText()).isEqualTo("FAILED");
        assertThat(data.path("error_message").asText()).isEqualTo("it's \"broken\"");
        assertThat(data.path("failure_count").asInt()).isEqualTo(1);
        assertThat(data.path("observed_at").asText())
                .isEqualTo(claimed.get("time"))
                .endsWith("Z");
        assertThat(data.path("task").path("created_at").asText()).isEqualTo("2024-05-01T10:00:00.500000Z");
    }

    @Test
    void it_tells_of_the_task_as_it_was_then() {
        ledger.sees(failed("a", "x"));
        ledger.sees(failed("a", "x").named("renamed"));
        assertThat((String) ledger.claims("ops").get(0).get("data")).doesNotContain("renamed");
    }

    private static List<Object> tasksOf(List<Map<String, Object>> alerts) {
        return alerts.stream().map(alert -> alert.get("task_id")).toList();
    }

    private Object claimsOf(String channel) {
        return ledger.askForOne("count-claims", Map.of("channel", channel));
    }

    private void claimsEnd() {
        ledger.database()
                .run("update dcs.alert set claimed_until = now() - interval '1 s' where claimed_until is not null");
    }

    private double secondsToWait() {
        return (Double)
                ledger.database()
                        .one(
                                "select extract(epoch from next_attempt_at - clock_timestamp())::float8 from dcs.alert where last_error is not null");
    }

    private void backoffIsOver() {
        ledger.database().run("update dcs.alert set next_attempt_at = now() where next_attempt_at is not null");
    }
}
