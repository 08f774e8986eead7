package io.dcssync.routes;

import static io.dcssync.outbound.HttpDouble.status;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.dcssync.alert.Channel;
import io.dcssync.alert.Round;
import io.dcssync.config.GivenSettings;
import io.dcssync.outbound.HttpDouble;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** What is sent to a receiver, and what is recorded of its answer. */
class PublishAlertsTest extends AlertRoundTest {

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
}
