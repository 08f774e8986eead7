package io.dcssync.routes;

import static io.dcssync.outbound.HttpDouble.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.alert.Round;
import io.dcssync.outbound.HttpDouble;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A receiver that takes alerts is sent several at once; what comes of one stops the others or does not. */
class AlertsSideBySideTest extends AlertRoundTest {

    private static final int AT_ONCE = 8;

    @Test
    void once_the_receiver_has_answered_several_are_under_way_at_once() {
        receiver.replies(status(204, ""), onceTogether(status(204, "")));
        dueAre(1 + AT_ONCE);
        publish();

        assertThat(delivered()).containsExactlyInAnyOrderElementsOf(ids(1 + AT_ONCE));
        assertThat(toldTo("record-deliveries")).hasSize(2);
        assertThat(receiver.requests().get(0).body()).contains("\"e-1\"");
    }

    @Test
    void a_receiver_that_never_takes_one_is_asked_by_one_at_a_time() {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ledger("record-failed-attempt", facts -> Map.of("attempts", 1, "state", "pending", "again_at", "later"));
        receiver.replies(exchange -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            underWay.decrementAndGet();
            status(503, "too busy").to(exchange);
        });
        dueAre(20);
        publish();

        assertThat(receiver.requests()).hasSize(20);
        assertThat(most).hasValue(1);
    }

    @Test
    void a_receiver_that_goes_away_amid_a_claim_ends_the_round_and_what_was_not_tried_is_given_back() {
        receiver.replies(status(204, ""), onceTogether(exchange -> {
            throw new IOException("hang up");
        }));
        dueAre(31);
        drain();

        assertThat(receiver.requests()).hasSize(1 + AT_ONCE);
        assertThat(toldTo("record-failed-attempt")).hasSize(AT_ONCE);
        assertThat(Stream.of(delivered(), alertsTold("record-failed-attempt"), alertsTold("release-claim"))
                        .flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(ids(31));
        assertThat(toldTo("claim-alerts")).hasSize(2);
    }

    @Test
    void a_pause_that_one_of_several_meets_leaves_untried_what_is_not_under_way() {
        AtomicInteger before = new AtomicInteger();
        receiver.replies(status(204, ""), onceTogether(exchange -> {
            if (before.getAndIncrement() == 0) {
                status(429, "", "Retry-After", "3600").to(exchange);
            } else {
                await().until(() -> !toldTo("record-failed-attempt").isEmpty());
                status(204, "").to(exchange);
            }
        }));
        dueAre(31);
        publish();

        assertThat(receiver.requests()).hasSize(1 + AT_ONCE);
        assertThat(toldTo("record-failed-attempt")).singleElement().satisfies(failed -> assertThat(failed)
                .containsEntry("retryAfterSeconds", 3600.0));
        assertThat(delivered()).hasSize(AT_ONCE);
        assertThat(toldTo("release-claim")).hasSize(31 - 1 - AT_ONCE);
        assertThat(new Round(ops).goesOn()).isFalse();
    }

    @Test
    void when_deliveries_cannot_be_recorded_no_more_are_repeated_than_were_under_way() {
        AtomicInteger before = new AtomicInteger();
        ledger("record-deliveries", facts -> {
            if (before.getAndIncrement() > 0) {
                throw new IllegalStateException("no connection to the ledger");
            }
            return recorded(facts);
        });
        receiver.replies(status(204, ""), onceTogether(status(204, "")));
        dueAre(31);

        assertThat(publish().getException()).rootCause().hasMessage("no connection to the ledger");
        assertThat(receiver.requests()).hasSize(1 + AT_ONCE);
        assertThat(toldTo("record-deliveries")).hasSize(2);
    }

    @Test
    void what_arrived_is_recorded_though_the_failure_of_another_cannot_be() {
        ledger("record-failed-attempt", facts -> {
            throw new IllegalStateException("no connection to the ledger");
        });
        receiver.replies(status(204, ""), status(404, "gone"), status(204, ""));
        dueAre(1 + AT_ONCE);

        assertThat(publish().getException()).rootCause().hasMessage("no connection to the ledger");
        assertThat(toldTo("record-deliveries"))
                .extracting(facts -> ((String) facts.get("deliveries")).split("\"claim\"", -1).length - 1)
                .containsExactly(1, AT_ONCE - 1);
    }

    /** Replies once so many are under way that one waits for; never, where they come one after the other. */
    private static HttpDouble.Reply onceTogether(HttpDouble.Reply reply) {
        CountDownLatch together = new CountDownLatch(AT_ONCE);
        return exchange -> {
            together.countDown();
            together.await();
            reply.to(exchange);
        };
    }

    private void dueAre(int alerts) {
        ids(alerts).forEach(id -> due.add(alert(id)));
    }

    private static List<Long> ids(int alerts) {
        return LongStream.rangeClosed(1, alerts).boxed().toList();
    }

    private List<Object> alertsTold(String statement) {
        return toldTo(statement).stream().map(facts -> facts.get("alert")).toList();
    }

    private List<Object> delivered() {
        return toldTo("record-deliveries").stream()
                .flatMap(facts -> deliveries(facts).stream())
                .map(delivery -> delivery.get("alert"))
                .toList();
    }
}
