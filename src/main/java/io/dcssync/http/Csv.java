package io.dcssync.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Body;

/**
 * Writes the tasks of an answer as CSV (RFC 4180). A text that a spreadsheet would take for a formula begins with an
 * apostrophe, as OWASP advises: the names of tasks are written by others.
 */
public final class Csv {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectReader TASKS = JSON.readerForMapOf(Object.class);
    private static final List<String> COLUMNS = List.of(
            "source",
            "task_id",
            "task_name",
            "status",
            "class",
            "status_since",
            "failure_count",
            "error_message",
            "migration_type",
            "migration_method",
            "source_instance",
            "target_instance",
            "created_at",
            "last_changed_at",
            "missing_since");

    private Csv() {}

    /** Returns the file. */
    public static WebAnswer answer(@Body String json) throws IOException {
        StringBuilder file = new StringBuilder(json.length());
        file.append(String.join(",", COLUMNS)).append("\r\n");
        try (JsonParser answer = JSON.createParser(json)) {
            enterFirstArray(answer);
            // one by one: as a tree they would take many times their size
            MappingIterator<Map<String, Object>> tasks = TASKS.readValues(answer);
            while (tasks.hasNext()) {
                Map<String, Object> task = tasks.next();
                file.append(COLUMNS.stream()
                                .map(column -> cell(task.get(column)))
                                .collect(Collectors.joining(",")))
                        .append("\r\n");
            }
        }
        return WebAnswer.of("text/csv; charset=utf-8", file.toString())
                .with("Content-Disposition", "attachment; filename=\"tasks.csv\"");
    }

    private static void enterFirstArray(JsonParser answer) throws IOException {
        JsonToken token = answer.nextToken();
        while (token != null && token != JsonToken.START_ARRAY) {
            token = answer.nextToken();
        }
        answer.clearCurrentToken();
    }

    static String cell(Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        String harmless = text.matches("(?s)[=+\\-@\t\r\n].*") && !(value instanceof Number) ? "'" + text : text;
        return harmless.matches("(?s).*[\",\r\n].*") || !harmless.equals(text)
                ? '"' + harmless.replace("\"", "\"\"") + '"'
                : harmless;
    }
}
