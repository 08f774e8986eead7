package io.dcssync.alert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes alerts as CloudEvents 1.0 in structured JSON mode. The same alert gives the same event, id and time included,
 * however often it is written. Thread-safe.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">CloudEvents JSON format</a>
 */
final class CloudEvents implements EventFormat {

    /** Tasks that a digest carries at most. */
    static final int DIGEST_TASKS = 100;

    private static final int LONGEST_MESSAGE = 4096;

    private final JsonMapper json = mapper();

    /** Reads and writes what the ledger holds. */
    static JsonMapper mapper() {
        return JsonMapper.builder(JsonFactory.builder()
                        // what was stored can be sent
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxStringLength(Integer.MAX_VALUE)
                                .maxNameLength(Integer.MAX_VALUE)
                                .build())
                        .build())
                // numbers of the task keep their digits
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    @Override
    public String contentType() {
        return "application/cloudevents+json";
    }

    @Override
    public String event(Map<String, Object> alert) throws JsonProcessingException {
        boolean digest = "digest".equals(alert.get("kind"));
        ObjectNode event = json.createObjectNode();
        attributes(alert).forEach(event::put);
        event.put("datacontenttype", "application/json");
        event.set("data", digest ? digestData(alert) : bounded(json.readTree((String) alert.get("data"))));
        return json.writeValueAsString(event);
    }

    /** What an event says of itself; its data apart. */
    static Map<String, String> attributes(Map<String, Object> alert) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("specversion", "1.0");
        attributes.put("id", (String) alert.get("event_id"));
        attributes.put("source", "/dcs-sync/%s/%s".formatted(alert.get("source"), alert.get("project_id")));
        attributes.put("type", type((String) alert.get("kind")));
        if (alert.get("task_id") != null) {
            attributes.put("subject", (String) alert.get("task_id"));
        }
        attributes.put("time", (String) alert.get("time"));
        return attributes;
    }

    private static String type(String kind) {
        return switch (kind) {
            case "sync-failing" -> "dcs.sync.failing.v1";
            case "test" -> "dcs.test.v1";
            default -> "dcs.migration-task.%s.v1".formatted(kind);
        };
    }

    private JsonNode digestData(Map<String, Object> alert) throws JsonProcessingException {
        JsonNode tasks = json.readTree((String) alert.get("tasks"));
        tasks.forEach(CloudEvents::bounded);
        long count = ((Number) alert.get("count")).longValue();
        ObjectNode data = json.createObjectNode()
                .put("source", (String) alert.get("source"))
                .put("project_id", (String) alert.get("project_id"))
                .put("count", count)
                .put("truncated", count > tasks.size());
        data.set("tasks", tasks);
        return data;
    }

    private static JsonNode bounded(JsonNode data) {
        cutMessage(data);
        cutMessage(data.path("task"));
        return data;
    }

    private static void cutMessage(JsonNode holder) {
        if (holder instanceof ObjectNode object && object.path("error_message").isTextual()) {
            object.put("error_message", cut(object.get("error_message").textValue()));
        }
    }

    /** Cuts a text to 4 kB of UTF-8, at a character's border. */
    static String cut(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= LONGEST_MESSAGE) {
            return text;
        }
        int end = LONGEST_MESSAGE;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--; // the middle of a character
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
