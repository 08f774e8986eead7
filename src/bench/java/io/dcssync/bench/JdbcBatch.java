package io.dcssync.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a Java developer would write: a transaction for each page, in which the statuses known so far are asked for, the
 * tasks upserted as a batch, and the transitions inserted as another.
 */
final class JdbcBatch implements Contender {

    private static final String UPSERT = "insert into task (" + PlainTable.LIST + ") values ("
            + PlainTable.COLUMNS.stream().map(column -> "?").collect(Collectors.joining(", "))
            + ") on conflict (task_id) do update set "
            + PlainTable.COLUMNS.stream()
                    .filter(column -> !column.equals("task_id"))
                    .map(column -> column + " = excluded." + column)
                    .collect(Collectors.joining(", "));

    private final Pages pages;
    private final Connection connection;

    JdbcBatch(Pages pages, Database database) throws SQLException {
        this.pages = pages;
        this.connection = database.connect("reWriteBatchedInserts=true");
        PlainTable.make(connection);
        connection.setAutoCommit(false);
    }

    @Override
    public String name() {
        return "Java, JDBC batch";
    }

    @Override
    public void prepare(Work work) throws SQLException {
        if (work == Work.FIRST) {
            PlainTable.empty(connection);
            connection.commit();
        }
    }

    @Override
    public double pass(Work work) throws IOException {
        long from = System.nanoTime();
        pages.forEach(page -> {
            try {
                store(PlainTable.rows(page));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        return (System.nanoTime() - from) / 1e9;
    }

    private void store(List<String[]> rows) throws SQLException {
        Map<String, String> known = known(rows);
        try (PreparedStatement upsert = connection.prepareStatement(UPSERT);
                PreparedStatement transition = connection.prepareStatement(
                        "insert into transition (task_id, from_status, to_status) values (?, ?, ?)")) {
            for (String[] row : rows) {
                for (int column = 0; column < row.length; column++) {
                    upsert.setString(column + 1, row[column]);
                }
                upsert.addBatch();
                if (!row[2].equals(known.get(row[0]))) {
                    transition.setString(1, row[0]);
                    transition.setString(2, known.get(row[0]));
                    transition.setString(3, row[2]);
                    transition.addBatch();
                }
            }
            upsert.executeBatch();
            transition.executeBatch();
        }
        connection.commit();
    }

    private Map<String, String> known(List<String[]> rows) throws SQLException {
        Map<String, String> known = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("select task_id, status from task where task_id = any (?)")) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "text", rows.stream().map(row -> row[0]).toArray()));
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    known.put(found.getString(1), found.getString(2));
                }
            }
        }
        return known;
    }

    @Override
    public double cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
