package io.dcssync.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Holds the ledger against what the endpoint lists, task by task and field by field. Used by one thread. */
public final class Comparison {

    private static final int SHOWN = 20;

    private final DataSource ledger;
    private final Map<String, Integer> tasks = new TreeMap<>();
    private final Map<String, List<String>> differences = new TreeMap<>();

    public Comparison(DataSource ledger) {
        this.ledger = ledger;
    }

    /**
     * Compares a source, anew if it was compared before.
     *
     * @param listed each task that the endpoint lists, as a JSON object
     */
    public void compare(String source, List<String> listed) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = ledger.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql())) {
            statement.setString(1, "[" + String.join(",", listed) + "]");
            statement.setString(2, source);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(
                            "%s: task %s %s".formatted(source, row.getString("task_id"), row.getString("difference")));
                }
            }
        }
        tasks.put(source, listed.size());
        differences.put(source, found);
    }

    /** Whether all that was compared is in the ledger as it is listed. */
    public boolean isRight() {
        return differences.values().stream().allMatch(List::isEmpty);
    }

    /** Returns the outcome in words, with the differences, the first twenty of very many. */
    public List<String> lines() {
        List<String> all = differences.values().stream().flatMap(List::stream).toList();
        List<String> lines = new ArrayList<>();
        lines.add("checked    %d tasks against the endpoint: %s"
                .formatted(
                        tasks.values().stream().mapToInt(Integer::intValue).sum(),
                        all.isEmpty() ? "all right" : "%d differences".formatted(all.size())));
        all.stream().limit(SHOWN).map(line -> "           " + line).forEach(lines::add);
        if (all.size() > SHOWN) {
            lines.add("           and %d more".formatted(all.size() - SHOWN));
        }
        return lines;
    }

    private static String sql() {
        try (InputStream file = Comparison.class.getResourceAsStream("/sql/compare-tasks.sql")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("sql/compare-tasks.sql cannot be read (bug)", e);
        }
    }
}
