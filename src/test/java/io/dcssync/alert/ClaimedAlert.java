package io.dcssync.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/** Rows of the statement claim-alerts, as formats take them. */
final class ClaimedAlert {

    private static final JsonMapper JSON = new JsonMapper();

    private ClaimedAlert() {}

    /** What an alert says of a task that failed; tests change what they need otherwise. */
    static ObjectNode data() {
        ObjectNode data = JSON.createObjectNode()
                .put("kind", "failed")
                .put("source", "prod")
                .put("project_id", "p1")
                .put("task_id", "2944a563")
                .put("task_name", "orders-redis")
                .put("from_status", "MIGRATING")
                .put("to_status", "FAILED")
                .put("observed_after", "2026-11-24T10:00:05.123456Z")
                .put("observed_at", "2026-11-24T10:05:03Z")
                .put("error_message", "connection refused")
                .put("failure_count", 2);
        data.putObject("task")
                .put("task_id", "2944a563")
                .put("source_instance_name", "orders-old")
                .put("target_instance_name", "orders-new");
        return data;
    }

    /** What an alert says of a source that cannot be read. */
    static ObjectNode failingSync() {
        return JSON.createObjectNode()
                .put("kind", "sync-failing")
                .put("source", "prod")
                .put("failures", 3)
                .put("failing_since", "2026-11-24T10:00:00Z")
                .put("outcome", "failed")
                .put("error_message", "HTTP 401: who are <you>?");
    }

    static Map<String, Object> of(String kind, JsonNode data) {
        Map<String, Object> alert = new HashMap<>();
        alert.put("alert_id", 7L);
        alert.put("event_id", "0b0e3b4a-0000-4000-8000-000000000001");
        alert.put("kind", kind);
        alert.put("source", "prod");
        alert.put("project_id", "p1");
        alert.put("task_id", data.path("task_id").asText(null));
        alert.put("time", "2026-11-24T10:05:03Z");
        alert.put("data", data.toString());
        return alert;
    }

    static Map<String, Object> test() {
        return of("test", JSON.createObjectNode().put("message", "This is a test, & nothing <else>."));
    }

    /** A digest of so many alerts, of which it carries these. */
    static Map<String, Object> digest(long count, JsonNode... carried) {
        ArrayNode tasks = JSON.createArrayNode();
        for (JsonNode task : carried) {
            tasks.add(task);
        }
        Map<String, Object> alert = of("digest", JSON.createObjectNode());
        alert.put("data", null);
        alert.put("count", count);
        alert.put("tasks", tasks.toString());
        return alert;
    }
}
