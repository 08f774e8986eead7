package io.dcssync.report;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rows as CSV (RFC 4180). A text that a spreadsheet would take for a formula begins with an apostrophe, as OWASP advises:
 * the names of tasks are written by others.
 */
public final class CsvReport {

    private CsvReport() {}

    /** Returns the line that names the columns. */
    public static String names(Map<String, Object> row) {
        return line(row.keySet());
    }

    /** Returns the line of a row. */
    public static String line(Map<String, Object> row) {
        return line(row.values());
    }

    private static String line(Collection<?> values) {
        return values.stream().map(CsvReport::cell).collect(Collectors.joining(",", "", "\r\n"));
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
