package io.dcssync.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dcssync.outbound.PrintableLine;
import java.util.Locale;
import java.util.Map;

/**
 * Writes alerts as one line for people: what happened to which task, when, and why. Texts of the endpoint are cut short and
 * cannot break the line. Thread-safe.
 */
final class PlainText implements EventFormat {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_MESSAGE = 500;

    private final JsonMapper json = CloudEvents.mapper();

    @Override
    public String contentType() {
        return "text/plain; charset=utf-8";
    }

    @Override
    public String event(Map<String, Object> alert) throws JsonProcessingException {
        if (alert.get("kind").equals("digest")) {
            JsonNode tasks = json.readTree((String) alert.get("tasks"));
            return DigestText.subject(alert, tasks) + ": " + DigestText.names(alert, tasks);
        }
        JsonNode data = json.readTree((String) alert.get("data"));
        return subject(alert, data) + ": " + news((String) alert.get("kind"), data);
    }

    /** What happened to which task of which source, for one that is no digest. */
    static String subject(Map<String, Object> alert, JsonNode data) {
        String kind = (String) alert.get("kind");
        String what = kind.replace('-', ' ').toUpperCase(Locale.ROOT);
        return switch (kind) {
            case "test" -> what;
            case "sync-failing" -> "%s %s".formatted(what, alert.get("source"));
            default -> "%s %s in %s".formatted(what, task(data), alert.get("source"));
        };
    }

    /** The name of a task, or its id where it has none. */
    static String name(JsonNode data) {
        String name = text(data, "task_name", LONGEST_NAME);
        return name.isEmpty() ? text(data, "task_id", LONGEST_NAME) : name;
    }

    /** The name and the id of a task. */
    static String task(JsonNode data) {
        String id = text(data, "task_id", LONGEST_NAME);
        return name(data).equals(id) ? id : "%s (%s)".formatted(name(data), id);
    }

    /** How it came, and why. */
    static String news(String kind, JsonNode data) {
        String status = text(data, "to_status", LONGEST_NAME);
        String from = text(data, "from_status", LONGEST_NAME);
        String span = SeenTime.span(
                data.path("observed_after").asText(""), data.path("observed_at").asText(""));
        return switch (kind) {
            case "test" -> text(data, "message", LONGEST_MESSAGE);
            case "sync-failing" -> failingSync(data);
            case "missing" -> "no longer listed, gone %s; its last status was %s".formatted(span, status);
            case "stuck" -> "%s, and nothing has changed %s".formatted(status, span);
            case "unknown-status" ->
                "the status %s is not known here, first seen %s; give it a class in dcs.status_class"
                        .formatted(status, span);
            default ->
                (from.isEmpty() ? "first seen as " : from + " → ") + status + " " + span + because(data) + times(data);
        };
    }

    private static String failingSync(JsonNode data) {
        String since = SeenTime.at(data.path("failing_since").asText(""));
        String whole = data.path("last_complete_at").asText("");
        return "%d passes in a row were not whole, since %s%s; %s"
                .formatted(
                        data.path("failures").asLong(),
                        since,
                        because(data),
                        whole.isEmpty() ? "none was yet" : "the last whole one ended at " + SeenTime.at(whole));
    }

    private static String because(JsonNode data) {
        String message = text(data, "error_message", LONGEST_MESSAGE);
        return message.isEmpty() ? "" : ": " + message;
    }

    private static String times(JsonNode data) {
        long failures = data.path("failure_count").asLong();
        return failures > 1 ? " (failed %d times)".formatted(failures) : "";
    }

    /** A text of the data in one line; empty where there is none. */
    static String text(JsonNode data, String field, int longest) {
        String line = PrintableLine.of(data.path(field).asText(""));
        if (line.codePointCount(0, line.length()) <= longest) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, longest)) + "…";
    }
}
