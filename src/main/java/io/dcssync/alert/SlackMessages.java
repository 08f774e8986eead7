package io.dcssync.alert;

import static io.dcssync.alert.SlackBlocks.LONGEST_SECTION;
import static io.dcssync.alert.SlackBlocks.escaped;
import static io.dcssync.alert.SlackBlocks.field;
import static io.dcssync.alert.SlackBlocks.section;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes alerts as messages for Slack: blocks to read, and the line of {@link PlainText} for notifications. Texts of the
 * endpoint can neither call anyone nor outgrow what Slack takes. Thread-safe.
 *
 * @see <a href="https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks">Incoming webhooks</a>
 */
final class SlackMessages implements EventFormat {

    private static final int ROOM_FOR_MARKUP = 200;
    private static final int DIGEST_TASKS = 20;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_REASON_IN_DIGEST = 100;

    private final JsonMapper json = CloudEvents.mapper();
    private final PlainText plain = new PlainText();

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public String event(Map<String, Object> alert) throws JsonProcessingException {
        String kind = (String) alert.get("kind");
        String line = escaped(plain.event(alert), LONGEST_SECTION - ROOM_FOR_MARKUP);
        ObjectNode message = json.createObjectNode().put("text", line);
        ArrayNode blocks = message.putArray("blocks");
        switch (kind) {
            case "test", "sync-failing" -> section(blocks, mark(kind) + " " + line);
            case "digest" -> digest(blocks, alert, json.readTree((String) alert.get("tasks")));
            default -> task(blocks, kind, alert, json.readTree((String) alert.get("data")));
        }
        return json.writeValueAsString(message);
    }

    private static void digest(ArrayNode blocks, Map<String, Object> alert, JsonNode tasks) {
        long count = DigestText.count(alert);
        String head = DigestText.subject(alert, tasks);
        section(blocks, "%s *%s*".formatted(mark("digest"), head));
        StringBuilder list = new StringBuilder();
        int shown = 0;
        for (JsonNode task : tasks) {
            String line = inDigest(task);
            if (shown == DIGEST_TASKS || list.length() + line.length() > LONGEST_SECTION - ROOM_FOR_MARKUP) {
                break;
            }
            list.append(line);
            shown++;
        }
        section(blocks, (list + (count > shown ? "and %d more".formatted(count - shown) : "")).strip());
    }

    private static String inDigest(JsonNode task) {
        String because = PlainText.text(task, "error_message", LONGEST_REASON_IN_DIGEST);
        String line =
                "• %s: %s%s\n".formatted(PlainText.task(task), status(task), because.isEmpty() ? "" : ": " + because);
        return escaped(line, LONGEST_SECTION - ROOM_FOR_MARKUP);
    }

    private static void task(ArrayNode blocks, String kind, Map<String, Object> alert, JsonNode data) {
        String what = kind.replace('-', ' ').toUpperCase(Locale.ROOT);
        String name = escaped(PlainText.name(data), LONGEST_SECTION - ROOM_FOR_MARKUP);
        section(blocks, "%s *%s* %s in %s".formatted(mark(kind), what, name, alert.get("source")));
        ArrayNode fields = blocks.addObject().put("type", "section").putArray("fields");
        boolean asItWas = kind.equals("missing") || kind.equals("stuck");
        field(fields, "Task", text(data, "task_id"));
        field(fields, asItWas ? "Last status" : "Status", asItWas ? text(data, "to_status") : status(data));
        field(fields, "Instances", instances(data.path("task")));
        field(fields, since(kind), SeenTime.span(text(data, "observed_after"), text(data, "observed_at")));
        field(fields, "Failures", data.path("failure_count").asLong() > 1 ? text(data, "failure_count") : "");
        if (kind.equals("unknown-status")) {
            section(blocks, "This status is not known here; give it a class in `dcs.status_class`.");
        }
        String because = PlainText.text(data, "error_message", LONGEST_REASON);
        if (!because.isEmpty()) {
            section(
                    blocks,
                    "```%s```".formatted(escaped(because.replace('`', '\''), LONGEST_SECTION - ROOM_FOR_MARKUP)));
        }
    }

    private static String mark(String kind) {
        return switch (kind) {
            case "failed", "digest", "sync-failing" -> ":red_circle:";
            case "recovered" -> ":large_green_circle:";
            case "test" -> ":white_circle:";
            default -> ":large_yellow_circle:";
        };
    }

    private static String since(String kind) {
        return switch (kind) {
            case "missing" -> "Gone";
            case "stuck" -> "Unchanged";
            default -> "Changed";
        };
    }

    private static String status(JsonNode data) {
        String from = text(data, "from_status");
        return (from.isEmpty() ? "first seen as " : from + " → ") + text(data, "to_status");
    }

    private static String instances(JsonNode task) {
        return Stream.of(
                        either(task, "source_instance_name", "data_source"),
                        either(task, "target_instance_name", "target_instance_addrs"))
                .filter(end -> !end.isEmpty())
                .collect(Collectors.joining(" → "));
    }

    private static String either(JsonNode task, String field, String other) {
        return text(task, field).isEmpty() ? text(task, other) : text(task, field);
    }

    private static String text(JsonNode data, String field) {
        return PlainText.text(data, field, LONGEST_NAME);
    }
}
