package io.dcssync.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a mail tells of an alert: a subject, what is to be said in words, and a table. Its texts hold no line breaks and no
 * controls, whatever the endpoint sent.
 *
 * @param words a sentence; "" where the table says all
 * @param head names of the columns; empty: the first column names what stands in the second
 * @param rows of as many cells each as there are columns
 */
record Notice(String subject, String words, List<String> head, List<List<String>> rows) {

    private static final int LONGEST = 500;
    private static final JsonMapper JSON = CloudEvents.mapper();

    /**
     * @param alert a row of the statement claim-alerts
     * @throws JsonProcessingException if what the ledger holds is no JSON
     */
    static Notice of(Map<String, Object> alert) throws JsonProcessingException {
        String kind = (String) alert.get("kind");
        if (kind.equals("digest")) {
            return ofMany(alert, JSON.readTree((String) alert.get("tasks")));
        }
        JsonNode data = JSON.readTree((String) alert.get("data"));
        String subject = PlainText.subject(alert, data);
        return kind.equals("test") || kind.equals("sync-failing")
                ? new Notice(subject, PlainText.news(kind, data), List.of(), List.of())
                : new Notice(subject, "", List.of(), facts(kind, alert, data));
    }

    private static List<List<String>> facts(String kind, Map<String, Object> alert, JsonNode data) {
        long failures = data.path("failure_count").asLong();
        return Stream.of(
                        List.of("Task", PlainText.task(data)),
                        List.of("Migration", migration(data)),
                        List.of("Status", status(kind, data)),
                        List.of("Error", PlainText.text(data, "error_message", LONGEST)),
                        List.of(kind.equals("stuck") ? "Unchanged" : "Since", span(data)),
                        List.of("Failed", failures > 1 ? failures + " times" : ""),
                        List.of("Read from", "%s, project %s".formatted(alert.get("source"), alert.get("project_id"))))
                .filter(row -> !row.get(1).isEmpty())
                .toList();
    }

    private static Notice ofMany(Map<String, Object> alert, JsonNode tasks) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode task : tasks) {
            rows.add(List.of(
                    PlainText.task(task),
                    migration(task),
                    status(task.path("kind").asText("failed"), task),
                    PlainText.text(task, "error_message", LONGEST),
                    span(task)));
        }
        long more = DigestText.count(alert) - rows.size();
        return new Notice(
                DigestText.subject(alert, tasks),
                more > 0 ? "These are the first %d; %d more are in the ledger.".formatted(rows.size(), more) : "",
                List.of("Task", "Migration", "Status", "Error", "Since"),
                rows);
    }

    private static String migration(JsonNode data) {
        JsonNode task = data.path("task");
        String from = first(task, "source_instance_name", "data_source");
        String to = first(task, "target_instance_name", "target_instance_addrs");
        return Stream.of(from, to).filter(end -> !end.isEmpty()).collect(Collectors.joining(" → "));
    }

    private static String first(JsonNode task, String... fields) {
        return Stream.of(fields)
                .map(field -> PlainText.text(task, field, LONGEST))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String status(String kind, JsonNode data) {
        String from = PlainText.text(data, "from_status", LONGEST);
        String to = PlainText.text(data, "to_status", LONGEST);
        return switch (kind) {
            case "missing" -> "no longer listed; was " + to;
            case "stuck" -> to + ", and nothing changes";
            case "unknown-status" -> to + ", not known here: give it a class in dcs.status_class";
            default -> from.isEmpty() ? to : from + " → " + to;
        };
    }

    private static String span(JsonNode data) {
        return SeenTime.span(
                data.path("observed_after").asText(""), data.path("observed_at").asText(""));
    }

    /** The notice for readers without HTML. */
    String asText() {
        List<String> lines = new ArrayList<>(List.of(subject, ""));
        if (!words.isEmpty()) {
            lines.add(words);
        }
        for (List<String> row : rows) {
            lines.add(
                    head.isEmpty()
                            ? row.get(0) + ": " + row.get(1)
                            : row.stream().filter(cell -> !cell.isEmpty()).collect(Collectors.joining("; ", "- ", "")));
        }
        return String.join("\n", lines) + "\n";
    }
}
