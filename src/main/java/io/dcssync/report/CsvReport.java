package io.dcssync.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rows as CSV (RFC 4180). A text that a spreadsheet would take for a formula begins with an apostrophe, as OWASP advises:
 * the names of tasks are written by others.
 */
public final class CsvReport {

    private CsvReport() {}

    /** Returns a line of names, and one for each row; without rows it is empty. */
    public static String of(List<Map<String, Object>> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        StringBuilder file = new StringBuilder(String.join(",", rows.get(0).keySet())).append("\r\n");
        for (Map<String, Object> row : rows) {
            file.append(row.values().stream().map(CsvReport::cell).collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        return file.toString();
    }

    static String cell(Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        boolean formula = !(value instanceof Number) && text.matches("(?s)[=+\\-@\t\r\n].*");
        return formula || text.matches("(?s).*[\",\r\n].*")
                ? '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"'
                : text;
    }
}
