package io.dcssync.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dcssync.config.Secret;
import java.util.Map;

/**
 * Writes alerts as events for PagerDuty: each opens an incident, known by the id of the event, and a later one resolves it.
 * Thread-safe.
 *
 * @see <a href="https://developer.pagerduty.com/docs/send-alert-event">Send an alert event</a>
 */
final class PagerDutyEvents implements EventFormat {

    private static final int LONGEST_SUMMARY = 1024;
    private static final int LARGEST_DETAILS = 400_000; // PagerDuty takes 512 kB in all

    private final JsonMapper json = CloudEvents.mapper();
    private final CloudEvents cloudEvents = new CloudEvents();
    private final PlainText plain = new PlainText();
    private final Secret routingKey;

    PagerDutyEvents(Secret routingKey) {
        this.routingKey = routingKey;
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public String event(Map<String, Object> alert) throws JsonProcessingException {
        Object resolves = alert.get("resolves");
        ObjectNode event = json.createObjectNode()
                .put("routing_key", routingKey.reveal())
                .put("event_action", resolves == null ? "trigger" : "resolve")
                .put("dedup_key", (String) (resolves == null ? alert.get("event_id") : resolves));
        if (resolves == null) {
            event.put("client", "dcs-sync").set("payload", payload(alert));
        }
        return json.writeValueAsString(event);
    }

    private ObjectNode payload(Map<String, Object> alert) throws JsonProcessingException {
        ObjectNode details =
                (ObjectNode) json.readTree(cloudEvents.event(alert)).get("data");
        String task = PlainText.name(details);
        ObjectNode payload = json.createObjectNode()
                .put("summary", cut(plain.event(alert)))
                .put("source", "%s/%s".formatted(alert.get("source"), alert.get("project_id")))
                .put("severity", severity((String) alert.get("kind")))
                .put("timestamp", (String) alert.get("time"))
                .put("group", (String) alert.get("source"))
                .put("class", (String) alert.get("kind"));
        if (!task.isEmpty()) {
            payload.put("component", task);
        }
        payload.set("custom_details", bounded(details));
        return payload;
    }

    private static String severity(String kind) {
        return switch (kind) {
            case "sync-failing" -> "critical";
            case "failed", "digest" -> "error";
            case "test" -> "info";
            default -> "warning";
        };
    }

    /** Leaves out as little as makes it fit: the listed tasks, then the last ones of a digest, then all. */
    private ObjectNode bounded(ObjectNode details) throws JsonProcessingException {
        if (isSmall(details)) {
            return details;
        }
        details.remove("task");
        JsonNode tasks = details.path("tasks");
        tasks.forEach(task -> ((ObjectNode) task).remove("task"));
        while (!isSmall(details) && !tasks.isEmpty()) {
            for (int kept = tasks.size() / 2; tasks.size() > kept; ) {
                ((ArrayNode) tasks).remove(tasks.size() - 1);
            }
            details.put("truncated", true);
        }
        return isSmall(details)
                ? details
                : json.createObjectNode().put("message", "too large for PagerDuty; see the ledger, report.task");
    }

    private boolean isSmall(JsonNode details) throws JsonProcessingException {
        return json.writeValueAsBytes(details).length <= LARGEST_DETAILS;
    }

    private static String cut(String summary) {
        int end = Math.min(summary.length(), LONGEST_SUMMARY);
        boolean inPair = end < summary.length() && Character.isLowSurrogate(summary.charAt(end));
        return summary.substring(0, inPair ? end - 1 : end);
    }
}
