package io.dcssync.routes;

import static io.dcssync.outbound.HttpDouble.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.dcssync.alert.Channel;
import io.dcssync.alert.Round;
import io.dcssync.config.GivenSettings;
import io.dcssync.config.Settings;
import io.dcssync.outbound.HttpDouble;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PublishAlertsTest extends RouteTest {

    private static final int AT_ONCE = 8;

    @AutoClose
    private final HttpDouble receiver = HttpDouble.start();

    private final Settings settings =
            GivenSettings.of("alert.ops.uri = " + receiver.url() + "/hunter2/hook?httpMethod=POST&token=hunter2");
    private final Channel ops = new Channel(settings.channels().get(0));
    private final Round round = new Round(ops);
    private final List<Map<String, Object>> due = new ArrayList<>();

    @Override
    List<String> files() {
        return List.of("drain-alerts", "publish-alerts", "send-alert");
    }

    @Override
    Settings settings() {
        return settings;
    }

    @BeforeEach
    void a_ledger_with_alerts() {
        ledger("claim-alerts", facts -> {
            List<Map<String, Object>> oldest = due.subList(0, Math.min(due.size(), (int) facts.get("batch")));
            List<Map<String, Object>> claimed = List.copyOf(oldest);
            oldest.clear();
            return claimed;
        });
        ledger("record-deliveries", RouteTest::recorded);
        ledger("record-failed-attempt", facts -> row("attempts", 1, "again_at", "12:00:01Z"));
        ledger("release-claim", facts -> facts.get("alert")); // a row of one column is its value
        ledger("count-claims", facts -> 0L);
    }

    @Test
    void an_alert_that_the_receiver_takes_is_recorded_as_delivered() {
        receiver.replies(status(204, ""));
        due.add(alert(1));
        assertThat(publish().getException()).isNull();

        HttpDouble.Request request = receiver.requests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri()).isEqualTo("/hunter2/hook?token=hunter2");
        assertThat(request.body()).startsWith("{\"specversion\":\"1.0\",\"id\":\"e-1\"");
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/cloudevents+json");
        assertThat(request.headers().getFirst("webhook-id")).isEqualTo("e-1");
        assertThat(statements())
                .containsExactly("settle-incidents", "claim-alerts", "record-deliveries", "claim-alerts");
        assertThat(deliveries(toldTo("record-deliveries").get(0)))
                .containsExactly(row("alert", 1L, "claim", "c-1", "error", null));
    }

    @Test
    void what_its_receiver_has_no_use_for_is_sorted_out_first() {
        publish();
        Channel pager = new Channel(GivenSettings.channel(
                "https://events.pagerduty.com/v2/enqueue",
                "alert.ops.format = pagerduty",
                "alert.ops.secret = R0ut1ngKey"));
        send("publish-alerts", Map.of("round", new Round(pager)));

        assertThat(statements())
                .containsExactly("settle-incidents", "claim-alerts", "settle-incidents", "claim-alerts");
        assertThat(toldTo("settle-incidents"))
                .containsExactly(
                        Map.of("channel", "ops", "keepsIncidents", false),
                        Map.of("channel", "ops", "keepsIncidents", true));
    }

    @Test
    void what_becomes_due_after_the_first_claim_is_left_to_the_next_round() {
        receiver.replies(status(200, ""));
        due.add(alert(1));
        publish();

        assertThat(toldTo("claim-alerts"))
                .extracting(facts -> facts.get("dueBy"))
                .containsExactly(null, "T0");
    }

    @Test
    void a_refusal_is_recorded_with_what_the_receiver_said_and_stops_no_other_alert() {
        receiver.replies(status(503, "too busy"), status(200, "ok"));
        due.add(alert(1));
        due.add(alert(2));
        publish();

        assertThat(statements())
                .containsExactly(
                        "settle-incidents",
                        "claim-alerts",
                        "record-failed-attempt",
                        "claim-alerts",
                        "record-deliveries",
                        "claim-alerts");
        assertThat(toldTo("record-failed-attempt").get(0))
                .containsEntry("alert", 1L)
                .containsEntry("error", "HTTP 503: too busy")
                .containsEntry("refusedForGood", false)
                .containsEntry("maxAttempts", 100);
        assertThat(warnings())
                .contains("alert 1 to ops not delivered (HTTP 503: too busy), attempt 1 of 100, next at 12:00:01Z");
    }

    @Test
    void an_alert_that_is_given_up_is_told_to_be_kept() {
        ledger("record-failed-attempt", facts -> row("attempts", 100, "again_at", null));
        receiver.replies(status(503, ""));
        due.add(alert(1));
        publish();

        assertThat(warnings())
                .contains("attempt 100 of 100, given up: it is dead, and kept; to send it again: alerts retry 1");
    }

    @Test
    void an_alert_that_is_refused_for_good_is_told_to_be_so_and_stops_no_other_alert() {
        ledger("record-failed-attempt", facts -> row("attempts", 1, "again_at", null));
        receiver.replies(status(404, "no such hook"), status(200, "ok"));
        due.add(alert(1));
        due.add(alert(2));
        publish();

        assertThat(statements())
                .containsExactly(
                        "settle-incidents",
                        "claim-alerts",
                        "record-failed-attempt",
                        "claim-alerts",
                        "record-deliveries",
                        "claim-alerts");
        assertThat(toldTo("record-failed-attempt").get(0)).containsEntry("refusedForGood", true);
        assertThat(warnings())
                .contains("alert 1 to ops not delivered (HTTP 404: no such hook), attempt 1 of 100,"
                        + " refused for good: it is dead, and kept; to send it again: alerts retry 1");
    }

    @Test
    void a_redirect_is_not_followed() {
        receiver.replies(status(302, "", "Location", receiver.url() + "/elsewhere"));
        due.add(alert(1));
        publish();

        assertThat(receiver.requests()).hasSize(1);
        assertThat(toldTo("record-failed-attempt").get(0))
                .containsEntry(
                        "error", "HTTP 302: answered with a redirect, which is not followed; check alert.ops.uri")
                .containsEntry("refusedForGood", true);
    }

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
    void once_the_receiver_has_answered_several_are_under_way_at_once() {
        receiver.replies(status(204, ""), onceTogether(status(204, "")));
        dueAre(1 + AT_ONCE);
        publish();

        assertThat(delivered()).containsExactlyInAnyOrderElementsOf(ids(1 + AT_ONCE));
        assertThat(toldTo("record-deliveries")).hasSize(2);
        assertThat(receiver.requests().get(0).body()).contains("\"e-1\"");
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
    void nothing_of_the_source_or_of_an_earlier_answer_travels_to_a_channel() {
        receiver.replies(status(200, "ok", "X-Session", "hunter2", "Set-Cookie", "a=b"), status(200, "ok"));
        due.add(alert(1));
        due.add(alert(2));
        Exchange done = template.request("direct:publish-alerts", exchange -> {
            exchange.setVariable("round", round);
            exchange.getMessage().setHeader("X-Auth-Token", "hunter2");
            exchange.getMessage().setHeader("Authorization", "SDK-HMAC-SHA256 hunter2");
            exchange.getMessage().setHeader("CamelHttpPath", "/elsewhere");
        });

        assertThat(done.getException()).isNull();
        assertThat(receiver.requests()).hasSize(2).allSatisfy(request -> {
            assertThat(request.uri()).isEqualTo("/hunter2/hook?token=hunter2");
            assertThat(request.headers().keySet())
                    .containsExactlyInAnyOrder(
                            "Accept-encoding",
                            "Connection",
                            "Content-length",
                            "Content-type",
                            "Host",
                            "User-agent",
                            "Webhook-id");
        });
    }

    @Test
    void letters_of_any_language_arrive_as_they_are() {
        receiver.replies(status(204, ""));
        due.add(alert(1, "{\"task_name\":\"订单 café \uD83D\uDE00\"}"));
        publish();

        assertThat(receiver.requests().get(0).body()).contains("订单 café \uD83D\uDE00");
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
        receiver.replies(status(503, "", "Retry-After", "1"), status(200, "ok"));
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
    void a_delivery_that_cannot_be_recorded_is_not_taken_for_a_failed_attempt() {
        ledger("record-deliveries", facts -> {
            throw new IllegalStateException("no connection to the ledger");
        });
        receiver.replies(status(200, "ok"));
        due.add(alert(1));
        due.add(alert(2));
        Exchange done = publish();

        assertThat(done.getException()).rootCause().hasMessage("no connection to the ledger");
        assertThat(statements()).containsExactly("settle-incidents", "claim-alerts", "record-deliveries");
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void a_delivery_that_took_longer_than_its_claim_is_no_failure() {
        ledger("record-deliveries", facts -> List.of());
        receiver.replies(status(200, "ok"));
        due.add(alert(1));

        assertThat(publish().getException()).isNull();
        assertThat(warnings()).isEmpty();
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

    @Test
    void no_line_of_the_log_and_nothing_recorded_shows_the_address_of_a_channel() {
        receiver.replies(status(404, "cannot POST /hunter2/hook?token=hunter2"), exchange -> {
            throw new IOException("hang up");
        });
        for (int i = 0; i < 2; i++) {
            due.add(alert(i));
        }
        drain();
        due.add(alert(9));
        receiver.close();
        template.request("direct:publish-alerts", exchange -> exchange.setVariable("round", new Round(ops)));

        assertThat(toldTo("record-failed-attempt")).hasSize(3);
        assertThat(told.toString()).doesNotContain("hunter2");
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).noneMatch(line -> line.contains("hunter2"));
        assertThat(warnings()).isNotEmpty().doesNotContain("hunter2").doesNotContain("Exchange[");
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

    private Exchange publish() {
        return send("publish-alerts", Map.of("round", round));
    }

    private void drain() {
        assertThat(send("drain-alerts", Map.of("round", round)).getException()).isNull();
    }

    private static Map<String, Object> alert(long id) {
        return alert(id, "{}");
    }

    private static Map<String, Object> alert(long id, String data) {
        return row(
                "alert_id",
                id,
                "claim",
                "c-" + id,
                "event_id",
                "e-" + id,
                "channel",
                "ops",
                "kind",
                "failed",
                "source",
                "prod",
                "project_id",
                "p1",
                "task_id",
                "t" + id,
                "claimed_at",
                "T0",
                "time",
                "2026-11-24T12:00:00Z",
                "data",
                data);
    }

    private static Map<String, Object> row(Object... namesAndValues) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }
}
