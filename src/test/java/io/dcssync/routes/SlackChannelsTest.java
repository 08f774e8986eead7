package io.dcssync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dcssync.alert.Channel;
import io.dcssync.alert.Round;
import io.dcssync.config.GivenSettings;
import io.dcssync.config.Settings;
import io.dcssync.simulator.ReceivedRequest;
import io.dcssync.simulator.ScriptedReceiver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Channels with a slack: URI, and those that post to an incoming webhook of Slack. */
class SlackChannelsTest extends RouteTest {

    private static final String HOOK = "/services/T0/B0/hunter2";

    @AutoClose
    private final ScriptedReceiver slack = ScriptedReceiver.start();

    private final Settings settings = GivenSettings.of(
            "alert.https.uri = " + slack.url() + HOOK,
            "alert.https.format = slack",
            "alert.hook.uri = slack:#ops?webhookUrl=" + slack.url() + HOOK,
            "alert.hook.format = slack",
            "alert.text.uri = slack:#ops?username=dcs&iconEmoji=:bell:&webhookUrl=" + slack.url() + HOOK,
            "alert.text.format = text",
            "alert.token.uri = slack:#ops?token=xoxb-hunter2&serverUrl=" + slack.url(),
            "alert.token.format = slack");

    @Override
    List<String> files() {
        return List.of("send-alert");
    }

    @Override
    Settings settings() {
        return settings;
    }

    @BeforeEach
    void a_ledger_that_takes_what_it_is_told() {
        ledger("record-deliveries", RouteTest::recorded);
        ledger("record-failed-attempt", facts -> Map.of("attempts", 1));
    }

    @ParameterizedTest
    @CsvSource({"https,", "hook, #ops"})
    void a_webhook_gets_blocks(String channel, String room) throws Exception {
        slack.answersAlways(200, "ok");

        sendTo(channel);

        assertThat(statements()).containsExactly("record-deliveries");
        ReceivedRequest post = slack.received().get(0);
        assertThat(post.method()).isEqualTo("POST");
        assertThat(post.path()).isEqualTo(HOOK);
        assertThat(post.headers().get("content-type")).startsWith("application/json");
        JsonNode message = message(post);
        assertThat(message.at("/blocks/0/text/text").textValue()).isEqualTo(":red_circle: *FAILED* ¡orders! in prod");
        assertThat(message.path("channel").textValue()).isEqualTo(room);
    }

    @Test
    void another_format_arrives_as_text_in_which_nothing_is_mark_up() throws Exception {
        slack.answersAlways(200, "ok");

        sendTo("text");

        JsonNode message = message(slack.received().get(0));
        assertThat(message.get("text").textValue())
                .startsWith("FAILED ¡orders! (t) in prod: ")
                .endsWith("&lt;!here&gt;");
        assertThat(message.get("username").textValue()).isEqualTo("dcs");
        assertThat(message.get("icon_emoji").textValue()).isEqualTo(":bell:");
        assertThat(message.has("blocks")).isFalse();
    }

    @Test
    void a_token_posts_by_slacks_method_and_is_shown_to_nobody_else() throws Exception {
        slack.answersAlways(200, "{\"ok\":true}");

        sendTo("token");

        assertThat(statements()).containsExactly("record-deliveries");
        ReceivedRequest post = slack.received().get(0);
        assertThat(post.path()).isEqualTo("/api/chat.postMessage");
        assertThat(post.headers()).containsEntry("authorization", "Bearer xoxb-hunter2");
        assertThat(message(post).get("channel").textValue()).isEqualTo("#ops");
        assertThat(message(post).get("blocks")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token | 200 | {\"ok\":false,\"error\":\"channel_not_found\"} | Slack refused it: channel_not_found | true",
                "token | 200 | {\"ok\":false,\"error\":\"internal_error\"} | Slack refused it: internal_error | false",
                "token | 200 | {\"ok\":false,\"error\":\"no xoxb-hunter2\"} | Slack refused it: no ****** | true",
                "token | 200 | <html> | Slack refused it: an answer that is not Slack's | false",
                "token | 500 | oh no | HTTP 500: oh no | false",
                "hook  | 404 | no_service | HTTP 404: no_service | true",
                "https | 403 | invalid_token | HTTP 403: invalid_token | true",
                "hook  | 500 | rollup_error | HTTP 500: rollup_error | false",
            })
    void a_refusal_is_a_failure_with_slacks_words(
            String channel, int status, String answer, String error, boolean forGood) throws Exception {
        slack.saysNext(status, answer);

        sendTo(channel);

        assertThat(statements()).containsExactly("record-failed-attempt");
        assertThat(told.get(0).facts()).containsEntry("error", error).containsEntry("refusedForGood", forGood);
        assertThat(warnings()).contains("not delivered (" + error).doesNotContain("hunter2");
    }

    @Test
    void slack_may_ask_for_a_pause() throws Exception {
        slack.answersNext(429, "Retry-After", "30");

        sendTo("hook");

        assertThat(told.get(0).facts()).containsEntry("error", "HTTP 429").containsEntry("retryAfterSeconds", 30.0);
    }

    @Test
    void slack_that_does_not_answer_in_time_is_out_of_reach() throws Exception {
        slack.hangsNext(Duration.ofMinutes(1));

        sendTo("token");

        assertThat(told.get(0).facts()).containsEntry("error", "no answer from the receiver in time");
    }

    private void sendTo(String channel) {
        Round round = settings.channels().stream()
                .filter(settings -> settings.name().equals(channel))
                .map(settings -> new Round(new Channel(settings)))
                .findFirst()
                .orElseThrow();
        Map<String, Object> alert = Map.of(
                "alert_id", 1L,
                "claim", "c-1",
                "event_id", "e-1",
                "channel", channel,
                "kind", "failed",
                "source", "prod",
                "project_id", "p1",
                "task_id", "t",
                "time", "2026-11-24T12:00:00Z",
                "data",
                        "{\"task_id\":\"t\",\"task_name\":\"¡orders!\",\"to_status\":\"FAILED\",\"error_message\":\"<!here>\"}");
        round.claimed(List.of(alert));
        assertThat(template.request("direct:send-alerts", exchange -> {
                            exchange.setVariable("round", round);
                            exchange.getMessage().setBody(List.of(alert));
                        })
                        .getException())
                .isNull();
    }

    private static JsonNode message(ReceivedRequest post) throws JsonProcessingException {
        return new JsonMapper().readTree(post.body());
    }
}
