package io.dcssync.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventsTest {

    private final CloudEvents cloudEvents = new CloudEvents();

    @Test
    void an_event_has_all_that_receivers_rely_on() throws Exception {
        String data = """
                {"source":"prod","project_id":"p1","task_id":"t1","task_name":"orders","from_status":"MIGRATING",\
                "to_status":"FAILED","observed_after":null,"observed_at":"2026-11-24T12:00:00.123456Z",\
                "error_message":"timeout","failure_count":2,"task":{"task_id":"t1","error_message":"timeout"}}""";

        assertThat(cloudEvents.event(alert("failed", data)))
                .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/dcs-sync/prod/p1\","
                        + "\"type\":\"dcs.migration-task.failed.v1\",\"subject\":\"t1\","
                        + "\"time\":\"2026-11-24T12:00:00.123456Z\",\"datacontenttype\":\"application/json\","
                        + "\"data\":" + data + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "recovered", "missing", "stuck", "unknown-status"})
    void each_kind_of_event_of_a_task_has_its_type(String kind) throws Exception {
        JsonNode event = read(cloudEvents.event(alert(kind, "{}")));

        assertThat(event.get("type").textValue()).isEqualTo("dcs.migration-task." + kind + ".v1");
        assertThat(event.get("subject").textValue()).isEqualTo("t1");
    }

    @Test
    void that_a_sync_fails_is_an_event_of_no_task() throws Exception {
        Map<String, Object> alert = alert("sync-failing", "{\"failures\":3,\"error_message\":\"no answer\"}");
        alert.put("task_id", null);

        assertThat(cloudEvents.event(alert))
                .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/dcs-sync/prod/p1\","
                        + "\"type\":\"dcs.sync.failing.v1\",\"time\":\"2026-11-24T12:00:00.123456Z\","
                        + "\"datacontenttype\":\"application/json\","
                        + "\"data\":{\"failures\":3,\"error_message\":\"no answer\"}}");
    }

    @Test
    void the_same_alert_is_the_same_bytes_however_often_it_is_written() throws Exception {
        Map<String, Object> alert = alert("failed", "{\"b\":1,\"a\":{\"z\":1.0,\"y\":null}}");
        Map<String, Object> again = new HashMap<>(alert);
        again.put("attempts", 17);
        again.put("claim", "another");

        assertThat(cloudEvents.event(again)).isEqualTo(cloudEvents.event(alert));
        assertThat(new CloudEvents().event(alert)).isEqualTo(cloudEvents.event(alert));
    }

    @Test
    void numbers_of_the_task_keep_their_digits() throws Exception {
        String data = "{\"task\":{\"extra\":{\"a\":1.50,\"b\":3.14159265358979323846,\"c\":12345678901234567890}}}";

        assertThat(cloudEvents.event(alert("failed", data))).endsWith("\"data\":" + data + "}");
    }

    @Test
    void a_long_message_is_cut_in_the_data_and_in_the_task() throws Exception {
        String message = "x".repeat(5000);
        JsonNode event = read(cloudEvents.event(alert(
                "failed",
                "{\"error_message\":\"%s\",\"task\":{\"error_message\":\"%s\"}}".formatted(message, message))));

        assertThat(event.at("/data/error_message").textValue()).isEqualTo("x".repeat(4096));
        assertThat(event.at("/data/task/error_message").textValue()).isEqualTo("x".repeat(4096));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "名", "\uD83D\uDE00", "xé名\uD83D\uDE00"})
    void a_message_is_cut_to_four_kilobytes_at_a_characters_border(String characters) {
        for (String start : new String[] {"", "-", "--", "---"}) {
            String text = start + characters.repeat(5000);
            String cut = CloudEvents.cut(text);

            assertThat(text).startsWith(cut);
            assertThat(cut.getBytes(StandardCharsets.UTF_8).length).isBetween(4093, 4096);
        }
    }

    @Test
    void a_message_that_fits_is_left_whole() {
        String fits = "é".repeat(2048);

        assertThat(CloudEvents.cut(fits)).isSameAs(fits);
    }

    @Test
    void data_without_a_message_is_left_alone() throws Exception {
        String data = "{\"error_message\":null,\"task\":null}";

        assertThat(cloudEvents.event(alert("failed", data))).endsWith("\"data\":" + data + "}");
    }

    @Test
    void a_digest_carries_its_tasks_and_the_whole_count() throws Exception {
        Map<String, Object> alert = alert("digest", null);
        alert.put("task_id", null);
        alert.put("count", 250L);
        alert.put(
                "tasks",
                "[{\"task_id\":\"a\",\"error_message\":\"%s\",\"task\":{}},{\"task_id\":\"b\"}]"
                        .formatted("x".repeat(5000)));

        JsonNode event = read(cloudEvents.event(alert));
        assertThat(event.get("type").textValue()).isEqualTo("dcs.migration-task.digest.v1");
        assertThat(event.has("subject")).isFalse();
        assertThat(event.get("source").textValue()).isEqualTo("/dcs-sync/prod/p1");
        assertThat(event.get("id").textValue()).isEqualTo("e-1");
        assertThat(event.at("/data/source").textValue()).isEqualTo("prod");
        assertThat(event.at("/data/project_id").textValue()).isEqualTo("p1");
        assertThat(event.at("/data/count").longValue()).isEqualTo(250);
        assertThat(event.at("/data/truncated").booleanValue()).isTrue();
        assertThat(event.at("/data/tasks")).hasSize(2);
        assertThat(event.at("/data/tasks/0/error_message").textValue()).hasSize(4096);
    }

    @Test
    void a_digest_that_holds_all_its_tasks_is_not_truncated() throws Exception {
        Map<String, Object> alert = alert("digest", null);
        alert.put("count", 1);
        alert.put("tasks", "[{\"task_id\":\"a\"}]");

        assertThat(read(cloudEvents.event(alert)).at("/data/truncated").booleanValue())
                .isFalse();
    }

    private static Map<String, Object> alert(String kind, String data) {
        Map<String, Object> alert = new HashMap<>();
        alert.put("alert_id", 1L);
        alert.put("event_id", "e-1");
        alert.put("channel", "ops");
        alert.put("kind", kind);
        alert.put("source", "prod");
        alert.put("project_id", "p1");
        alert.put("task_id", "t1");
        alert.put("time", "2026-11-24T12:00:00.123456Z");
        alert.put("data", data);
        return alert;
    }

    private static JsonNode read(String event) throws Exception {
        return JsonMapper.builder().build().readTree(event);
    }
}
