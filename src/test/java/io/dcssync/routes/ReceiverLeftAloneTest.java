package io.dcssync.routes;

import static io.dcssync.outbound.HttpDouble.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.alert.Round;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When a round sends no more: its receiver is away or asks for a pause, or the program stops. */
class ReceiverLeftAloneTest extends AlertRoundTest {

    @Test
    void a_receiver_out_of_reach_ends_the_round_and_is_asked_with_one_alert_only() {
        receiver.close();
        due.add(alert(1));
        due.add(alert(2));
        drain();

        assertThat(statements())
                .containsExactly("settle-incidents", "claim-alerts", "record-failed-attempt", "count-claims");
        assertThat(toldTo("record-failed-attempt").get(0)).containsEntry("error", "no connection to the receiver");
        assertThat(due).hasSize(1);
    }

    @Test
    void a_receiver_that_does_not_answer_in_time_is_out_of_reach_too() {
        receiver.replies(receiver.hanging());
        due.add(alert(1));
        due.add(alert(2));
        publish();

        assertThat(statements()).containsExactly("settle-incidents", "claim-alerts", "record-failed-attempt");
    }

    @Test
    void a_receiver_that_asks_for_a_pause_is_left_alone_and_only_what_it_refused_counts_an_attempt() {
        receiver.replies(status(429, "slower", "Retry-After", "2"), status(200, "ok"));
        due.add(alert(1));
        due.add(alert(2));
        drain();

        assertThat(receiver.requests()).hasSize(1);
        assertThat(statements())
                .containsExactly("settle-incidents", "claim-alerts", "record-failed-attempt", "count-claims");
        assertThat(toldTo("record-failed-attempt").get(0))
                .containsEntry("retryAfterSeconds", 2.0)
                .containsEntry("error", "HTTP 429: slower");
        assertThat(due).hasSize(1);
        assertThat(warnings()).contains("; the receiver asks for a pause, nothing else is sent to it for 2 s");
    }

    @Test
    void while_a_receiver_is_left_alone_its_rounds_do_nothing_and_afterwards_they_go_on() {
        receiver.replies(status(503, "", "Retry-After", "3"), status(200, "ok"));
        due.add(alert(1));
        publish();
        int before = statements().size();
        due.add(alert(2));
        send("publish-alerts", Map.of("round", new Round(ops)));
        assertThat(statements()).hasSize(before);

        await().untilAsserted(() -> {
            send("publish-alerts", Map.of("round", new Round(ops)));
            assertThat(toldTo("record-deliveries")).hasSize(1);
        });
        assertThat(receiver.requests()).hasSize(2);
    }

    @Test
    void what_others_are_sending_is_waited_for() {
        AtomicInteger asked = new AtomicInteger();
        ledger("count-claims", facts -> asked.incrementAndGet() < 3 ? 1L : 0L);
        drain();

        assertThat(statements())
                .containsExactly(
                        "settle-incidents",
                        "claim-alerts",
                        "count-claims",
                        "settle-incidents",
                        "claim-alerts",
                        "count-claims",
                        "settle-incidents",
                        "claim-alerts",
                        "count-claims");
    }

    @Test
    void a_stopped_round_sends_nothing_and_gives_its_claims_back() {
        due.add(alert(1));
        ledger("claim-alerts", facts -> {
            round.stop();
            return List.copyOf(due);
        });
        drain();

        assertThat(receiver.requests()).isEmpty();
        assertThat(statements()).containsExactly("settle-incidents", "claim-alerts", "release-claim", "count-claims");
    }
}
