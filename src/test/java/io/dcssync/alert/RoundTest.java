package io.dcssync.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.GivenSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;

class RoundTest {

    private static final Map<String, Object> ALERT = Map.of("alert_id", 42L, "claim", "c-1", "claimed_at", "T0");

    private final Channel ops = new Channel(GivenSettings.channel(
            "https://example.com/hook", "alert.ops.max-attempts=3", "alert.ops.retry-delay=1500ms"));
    private final Round round = new Round(ops);

    @Test
    void a_round_claims_a_few_alerts_of_its_channel() {
        assertThat(round.toClaim())
                .containsEntry("channel", "ops")
                .containsEntry("batch", 100)
                .containsEntry("claimSeconds", 30L)
                .containsEntry("digestTasks", 100)
                .containsEntry("dueBy", null);
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
        assertThat(round.hasTime()).isTrue();
    }

    @Test
    void a_receiver_out_of_reach_ends_the_round() {
        round.toClaim();
        assertThat(round.hasTime()).isTrue();
        round.attempt(ALERT).failed(new IOException());

        assertThat(round.hasTime()).isFalse();
        assertThat(round.goesOn()).isFalse();
        assertThat(round.isOpen()).isFalse();
    }

    @Test
    void a_stop_ends_the_round() {
        round.toClaim();
        round.stop();

        assertThat(round.hasTime()).isFalse();
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
        assertThat(attempt.toRecord()).containsEntry("alert", 42L).containsEntry("error", null);
    }
}
