package io.dcssync.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.GivenSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTest {

    private static final Map<String, Object> ALERT = Map.of("alert_id", 42L, "claim", "c-1", "claimed_at", "T0");

    private final Channel ops = new Channel(GivenSettings.channel(
            "https://example.com/hook", "alert.ops.max-attempts=3", "alert.ops.retry-delay=1500ms"));
    private final Round round = new Round(ops);

    @Test
    void a_round_begins_with_one_alert_of_its_channel() {
        assertThat(round.toClaim())
                .containsEntry("channel", "ops")
                .containsEntry("batch", 1)
                .containsEntry("claimSeconds", 30L)
                .containsEntry("digestTasks", 100)
                .containsEntry("dueBy", null);
    }

    @Test
    void once_its_receiver_was_asked_a_round_claims_many() {
        round.claimed(List.of(ALERT));
        assertThat(round.toClaim()).containsEntry("batch", 100);
    }

    @Test
    void a_receiver_that_took_the_last_alert_is_not_tried_with_one_first() {
        round.attempt(ALERT).succeeded();
        assertThat(new Round(ops).toClaim()).containsEntry("batch", 100);

        round.attempt(ALERT).failed(new IOException());
        assertThat(new Round(ops).toClaim()).containsEntry("batch", 1);
    }

    @Test
    void as_long_as_the_receiver_takes_none_they_are_sent_one_by_one() {
        assertThat(round.handfuls(List.of(ALERT, ALERT, ALERT))).hasSize(3);
    }

    @Test
    void claimed_alerts_are_sent_a_few_at_once() {
        assertThat(handfuls("https://example.com/hook", 19))
                .containsExactly(
                        List.of(0, 1, 2, 3, 4, 5, 6, 7), List.of(8, 9, 10, 11, 12, 13, 14, 15), List.of(16, 17, 18));
        assertThat(handfuls("https://example.com/hook", 0)).isEmpty();
        assertThat(handfuls("kafka:alerts?brokers=localhost:9092", 19)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:alerts", "log:alerts", "smtp://localhost?from=a@example.com&to=b@example.com"})
    void where_they_are_read_in_a_row_they_come_one_by_one(String uri) {
        assertThat(handfuls(uri, 3)).containsExactly(List.of(0), List.of(1), List.of(2));
    }

    @Test
    void messages_for_slack_come_one_by_one_too() {
        assertThat(handfuls("https://hooks.slack.com/services/T0/B0/X", 3, "alert.ops.format = slack"))
                .hasSize(3);
    }

    @Test
    void what_becomes_due_later_waits_for_the_next_round() {
        round.claimed(List.of(ALERT));
        assertThat(round.toClaim()).containsEntry("dueBy", "T0");

        round.claimed(List.of(Map.of("claimed_at", "T1")));
        assertThat(round.toClaim()).containsEntry("dueBy", "T0");
    }

    @Test
    void a_round_goes_on_until_nothing_is_left_to_claim() {
        assertThat(round.goesOn()).isTrue();
        round.claimed(List.of(ALERT));
        assertThat(round.goesOn()).isTrue();
        round.claimed(List.of());
        assertThat(round.goesOn()).isFalse();
    }

    @Test
    void a_round_is_open_while_other_processes_have_alerts_of_the_channel() {
        round.claimed(List.of());
        round.othersHave(2);
        assertThat(round.isOpen()).isTrue();
        assertThat(round.goesOn()).isTrue();

        round.claimed(List.of());
        round.othersHave(0);
        assertThat(round.isOpen()).isFalse();
    }

    @Test
    void a_receiver_that_refuses_is_asked_with_the_next_alert() {
        round.toClaim();
        Attempt attempt = round.attempt(ALERT);
        attempt.failed(new HttpOperationFailedException("uri", 503, "", null, Map.of(), "busy"));

        assertThat(attempt.outcome()).isEqualTo(Attempt.Outcome.FAILED);
        assertThat(round.goesOn()).isTrue();
        assertThat(round.attempt(ALERT).hasTime()).isTrue();
    }

    @Test
    void a_receiver_out_of_reach_ends_the_round() {
        round.toClaim();
        Attempt attempt = round.attempt(ALERT);
        assertThat(attempt.hasTime()).isTrue();
        attempt.failed(new IOException());

        assertThat(round.attempt(ALERT).hasTime()).isFalse();
        assertThat(round.goesOn()).isFalse();
        assertThat(round.isOpen()).isFalse();
    }

    @Test
    void of_two_pauses_that_are_asked_for_the_longer_one_is_kept() {
        ops.rest(Duration.ofHours(1));
        ops.rest(Duration.ZERO);

        assertThat(ops.rests()).isTrue();
    }

    @Test
    void a_stop_ends_the_round() {
        round.toClaim();
        round.stop();

        assertThat(round.attempt(ALERT).hasTime()).isFalse();
        assertThat(round.goesOn()).isFalse();
        assertThat(round.isOpen()).isFalse();
    }

    @Test
    void a_failed_attempt_is_recorded_with_its_error_and_the_policy_of_its_channel() {
        Attempt attempt = round.attempt(ALERT);
        attempt.failed(new HttpOperationFailedException("uri", 503, "", null, Map.of(), "busy"));

        assertThat(attempt.toRecord())
                .containsEntry("alert", 42L)
                .containsEntry("claim", "c-1")
                .containsEntry("error", "HTTP 503: busy")
                .containsEntry("maxAttempts", 3)
                .containsEntry("retryDelaySeconds", 1.5);
    }

    @Test
    void a_delivery_is_recorded_without_an_error() {
        Attempt attempt = round.attempt(ALERT);
        assertThat(attempt.outcome()).isEqualTo(Attempt.Outcome.NOT_TRIED);
        attempt.succeeded();

        assertThat(attempt.outcome()).isEqualTo(Attempt.Outcome.SENT);
        assertThat(round.toRecord(List.of(attempt)))
                .containsEntry("deliveries", "[{\"alert\":42,\"claim\":\"c-1\",\"error\":null}]")
                .containsEntry("keepsIncidents", false);
    }

    private static List<List<Object>> handfuls(String uri, int alerts, String... more) {
        List<Map<String, Object>> claimed = IntStream.range(0, alerts)
                .mapToObj(i -> Map.<String, Object>of("alert_id", i))
                .toList();
        Channel channel = new Channel(GivenSettings.channel(uri, more));
        channel.met(true);
        return new Round(channel)
                .handfuls(claimed).stream()
                        .map(few ->
                                few.stream().map(alert -> alert.get("alert_id")).toList())
                        .toList();
    }
}
