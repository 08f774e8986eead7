package io.dcssync.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema holds for what is written of each kind, however much a task says; what the program really sends, too. */
class EventSchemaTest {

    private static final String LONG = "é".repeat(5000);

    private final CloudEvents cloudEvents = new CloudEvents();

    @ParameterizedTest
    @ValueSource(strings = {"failed", "recovered", "missing", "stuck", "unknown-status"})
    void it_holds_for_each_kind_of_event_of_a_task(String kind) throws Exception {
        String event = cloudEvents.event(alert(kind, "t1", data(kind, LONG)));

        assertThat(EventSchema.complaints(event)).isEmpty();
        assertThat(new JsonMapper()
                        .readTree(event)
                        .at("/data/task/error_message")
                        .textValue())
                .as("4 kB")
                .hasSize(2048);
    }

    @Test
    void it_holds_for_the_largest_digest() throws Exception {
        assertThat(EventSchema.complaints(cloudEvents.event(digest(100, 250)))).isEmpty();
        assertThat(EventSchema.complaints(cloudEvents.event(digest(101, 250)))).isNotEmpty();
    }

    @Test
    void it_holds_for_a_failing_sync_and_for_a_test() throws Exception {
        String failing = """
                {"kind":"sync-failing","source":"prod","project_id":"p1","failures":3,
                 "failing_since":"2026-11-24T12:00:00.123456Z","outcome":"abandoned","error_code":null,
                 "error_message":"%s","last_complete_at":null,"run_id":7}""".formatted(LONG);
        assertThat(EventSchema.complaints(cloudEvents.event(alert("sync-failing", null, failing))))
                .isEmpty();
        assertThat(EventSchema.complaints(cloudEvents.event(alert("test", null, "{\"message\":\"hello\"}"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"kind\":\"failed\" \"kind\":\"missing\"",
                "\"failure_count\":2 \"failure_count\":0",
                "\"failure_count\":2 \"failures\":2",
                "\"subject\":\"t1\" \"subject\":\"\"",
                "dcs.migration-task.failed.v1 dcs.migration-task.failed.v2",
                "\"status\":\"FAILED\" \"status\":null",
                "12:00:00.123456Z 12:00:00+01:00",
            })
    void what_is_otherwise_is_refused(String change) throws Exception {
        String[] words = change.split(" ", -1);
        String event = cloudEvents.event(alert("failed", "t1", data("failed", "x")));

        assertThat(EventSchema.complaints(event)).isEmpty();
        assertThat(event).contains(words[0]);
        assertThat(EventSchema.complaints(event.replace(words[0], words[1]))).isNotEmpty();
    }

    @Test
    void a_message_that_is_too_long_is_refused() throws Exception {
        String event = cloudEvents.event(alert("failed", "t1", data("failed", "x")));

        assertThat(EventSchema.complaints(event.replace("\"x\"", "\"" + "x".repeat(4097) + "\"")))
                .isNotEmpty();
    }

    private static String data(String kind, String message) {
        return """
                {"kind":"%s","source":"prod","project_id":"p1","task_id":"t1","task_name":null,
                 "from_status":null,"to_status":"FAILED","observed_after":"2026-11-24T11:00:00.123456Z",
                 "observed_at":"2026-11-24T12:00:00.123456Z","error_message":"%s","failure_count":2,
                 "task":{"task_id":"t1","status":"FAILED","error_message":"%s","created_at":"2026-11-24T12:00:00.123456Z",
                         "supported_features":["a"],"extra":{"new":[1,null]}}}""".formatted(kind, message, message);
    }

    private static Map<String, Object> digest(int carried, long count) {
        Map<String, Object> digest = alert("digest", null, null);
        digest.put("count", count);
        digest.put("tasks", Collections.nCopies(carried, data("failed", LONG)).toString());
        return digest;
    }

    private static Map<String, Object> alert(String kind, String task, String data) {
        Map<String, Object> alert = new HashMap<>();
        alert.put("event_id", "b01e6ec8-0000-4000-8000-000000000001");
        alert.put("kind", kind);
        alert.put("source", "prod");
        alert.put("project_id", "p1");
        alert.put("task_id", task);
        alert.put("time", "2026-11-24T12:00:00.123456Z");
        alert.put("data", data);
        return alert;
    }
}
