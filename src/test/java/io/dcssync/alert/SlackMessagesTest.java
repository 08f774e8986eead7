package io.dcssync.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackMessagesTest {

    private final JsonMapper json = new JsonMapper();
    private final SlackMessages format = new SlackMessages();
    private final ObjectNode data = ClaimedAlert.data();

    @Test
    void a_failure_says_which_task_between_which_instances_what_when_and_why() throws Exception {
        assertThat(shown(ClaimedAlert.of("failed", data)))
                .containsExactly(
                        ":red_circle: *FAILED* orders-redis in prod",
                        "*Task*\n2944a563",
                        "*Status*\nMIGRATING → FAILED",
                        "*Instances*\norders-old → orders-new",
                        "*Changed*\nbetween 2026-11-24 10:00:05Z and 10:05:03Z",
                        "*Failures*\n2",
                        "```connection refused```");
    }

    @Test
    void what_is_not_known_is_left_out() throws Exception {
        data.putNull("task_name")
                .putNull("from_status")
                .putNull("observed_after")
                .putNull("error_message")
                .put("failure_count", 1)
                .remove("task");

        assertThat(shown(ClaimedAlert.of("failed", data)))
                .containsExactly(
                        ":red_circle: *FAILED* 2944a563 in prod",
                        "*Task*\n2944a563",
                        "*Status*\nfirst seen as FAILED",
                        "*Changed*\nat 2026-11-24 10:05:03Z");
    }

    @Test
    void each_kind_has_its_mark_and_its_words() throws Exception {
        assertThat(shown(ClaimedAlert.of("recovered", data)))
                .contains(":large_green_circle: *RECOVERED* orders-redis in prod");
        assertThat(shown(ClaimedAlert.of("missing", data)))
                .contains(
                        ":large_yellow_circle: *MISSING* orders-redis in prod",
                        "*Last status*\nFAILED",
                        "*Gone*\nbetween 2026-11-24 10:00:05Z and 10:05:03Z");
        assertThat(shown(ClaimedAlert.of("stuck", data)))
                .contains(
                        ":large_yellow_circle: *STUCK* orders-redis in prod",
                        "*Unchanged*\nbetween 2026-11-24 10:00:05Z and 10:05:03Z");
        assertThat(shown(ClaimedAlert.of("unknown-status", data)))
                .contains(
                        ":large_yellow_circle: *UNKNOWN STATUS* orders-redis in prod",
                        "This status is not known here; give it a class in `dcs.status_class`.");
        assertThat(shown(ClaimedAlert.of("sync-failing", ClaimedAlert.failingSync())))
                .containsExactly(":red_circle: SYNC FAILING prod: 3 passes in a row were not whole, since "
                        + "2026-11-24 10:00:00Z: HTTP 401: who are &lt;you&gt;?; none was yet");
        assertThat(shown(ClaimedAlert.test()))
                .containsExactly(":white_circle: TEST: This is a test, &amp; nothing &lt;else&gt;.");
    }

    @Test
    void a_notification_shows_the_alert_in_a_line() throws Exception {
        assertThat(message(ClaimedAlert.of("failed", data)).get("text").textValue())
                .isEqualTo("FAILED orders-redis (2944a563) in prod: MIGRATING → FAILED between "
                        + "2026-11-24 10:00:05Z and 10:05:03Z: connection refused (failed 2 times)");
    }

    @Test
    void a_digest_lists_the_first_tasks_and_counts_the_rest() throws Exception {
        JsonNode[] carried = IntStream.range(0, 30)
                .mapToObj(i -> ClaimedAlert.data().put("task_id", "id-" + i).put("task_name", "task-" + i))
                .toArray(JsonNode[]::new);

        List<String> shown = shown(ClaimedAlert.digest(250, carried));

        assertThat(shown.get(0)).isEqualTo(":red_circle: *250 tasks in prod, digest: of the first 30, 30 failed*");
        assertThat(shown.get(1))
                .startsWith("• task-0 (id-0): MIGRATING → FAILED: connection refused\n• task-1")
                .endsWith("• task-19 (id-19): MIGRATING → FAILED: connection refused\nand 230 more");
        assertThat(shown(ClaimedAlert.digest(1, data)).get(1)).endsWith("connection refused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<!channel>", "<@U024BE7LH>", "&lt;!here&gt;", "<https://evil.example|click>", "```", "a\nb"})
    void nothing_in_a_text_of_the_endpoint_calls_people_makes_links_or_ends_its_block(String odd) throws Exception {
        for (String field : List.of("task_id", "task_name", "from_status", "to_status", "error_message")) {
            data.put(field, odd);
        }
        ((ObjectNode) data.get("task")).put("source_instance_name", odd).put("target_instance_name", odd);
        for (String kind : List.of("failed", "missing", "stuck", "unknown-status")) {
            data.put("kind", kind);
            assertSafe(message(ClaimedAlert.of(kind, data)));
        }
        assertSafe(message(ClaimedAlert.digest(1, data)));
        assertThat(shown(ClaimedAlert.of("failed", data))).last().asString().doesNotMatch("(?s)```.*```.*```.*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"&", "<", "x", "\uD83D\uDE00", "é"})
    void a_message_stays_within_slacks_limits_however_long_its_texts_are(String character) throws Exception {
        for (String field : List.of("task_id", "task_name", "from_status", "to_status", "error_message")) {
            data.put(field, character.repeat(20_000));
        }
        JsonNode[] many = IntStream.range(0, 100).mapToObj(i -> data).toArray(JsonNode[]::new);
        for (Map<String, Object> alert : List.of(
                ClaimedAlert.of("failed", data),
                ClaimedAlert.of("unknown-status", data),
                ClaimedAlert.of(
                        "sync-failing", ClaimedAlert.failingSync().put("error_message", character.repeat(20_000))),
                ClaimedAlert.digest(5_000, many))) {
            JsonNode message = message(alert);
            assertThat(message.get("text").textValue()).hasSizeLessThanOrEqualTo(3000);
            assertThat(message.get("blocks").size()).isLessThanOrEqualTo(50);
            message.get("blocks").forEach(block -> {
                assertThat(block.at("/text/text").asText()).hasSizeLessThanOrEqualTo(3000);
                block.path("fields")
                        .forEach(field ->
                                assertThat(field.get("text").textValue()).hasSizeLessThanOrEqualTo(2000));
            });
        }
        assertThat(shown(ClaimedAlert.digest(5_000, many)).get(1)).startsWith("• ");
    }

    private static void assertSafe(JsonNode message) {
        assertThat(message.findValuesAsText("text"))
                .allSatisfy(
                        text -> assertThat(text).doesNotContain("<", ">").doesNotContainPattern("&(?!amp;|lt;|gt;)"));
        message.get("blocks").forEach(block -> {
            if (block.has("text")) {
                assertThat(block.at("/text/verbatim").booleanValue()).isTrue();
            }
        });
    }

    /** The texts of the blocks, in their order. */
    private List<String> shown(Map<String, Object> alert) throws Exception {
        List<String> texts = new ArrayList<>();
        for (JsonNode block : message(alert).get("blocks")) {
            assertThat(block.get("type").textValue()).isEqualTo("section");
            if (block.has("text")) {
                texts.add(block.at("/text/text").textValue());
            }
            block.path("fields").forEach(field -> texts.add(field.get("text").textValue()));
        }
        return texts;
    }

    private JsonNode message(Map<String, Object> alert) throws Exception {
        return json.readTree(format.event(alert));
    }
}
