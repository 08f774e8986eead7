package io.dcssync.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dcssync.listapi.ListedTask;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a script would keep: one table of the 25 documented fields, and one of transitions. */
final class PlainTable {

    static final List<String> COLUMNS = ListedTask.FIELDS;
    static final String LIST = String.join(", ", COLUMNS);

    private static final JsonMapper JSON = new JsonMapper();

    private PlainTable() {}

    static void make(Connection connection) throws SQLException {
        String columns = COLUMNS.stream()
                .map(column -> column + (column.equals("task_id") ? " text primary key" : " text"))
                .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table task (" + columns + ")");
            statement.execute(
                    "create table transition (task_id text, from_status text, to_status text, at timestamptz default now())");
        }
    }

    static void empty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("truncate task, transition");
        }
    }

    /** Returns the tasks of a page, each as its values in the order of the columns. */
    static List<String[]> rows(byte[] page) {
        try {
            List<String[]> rows = new ArrayList<>();
            for (JsonNode task : JSON.readTree(page).path("migration_tasks")) {
                String[] row = new String[COLUMNS.size()];
                for (int column = 0; column < row.length; column++) {
                    JsonNode value = task.path(COLUMNS.get(column));
                    row[column] = value.isTextual() ? value.textValue() : value.toString();
                }
                rows.add(row);
            }
            return rows;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
