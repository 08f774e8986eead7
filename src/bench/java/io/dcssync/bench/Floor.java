package io.dcssync.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The least that a pass can cost: fetching the pages, reading their JSON, and bringing the rows into the database the
 * quickest way there is, where it is known already which. It keeps no history and notices no change.
 */
final class Floor implements Contender {

    /** How far down. */
    enum Depth {
        FETCH("fetch"),
        PARSE("fetch, parse"),
        STORE("fetch, parse, COPY");

        private final String words;

        Depth(String words) {
            this.words = words;
        }
    }

    private final Depth depth;
    private final Pages pages;
    private final Connection connection;
    private final Map<String, String> known = new HashMap<>();

    Floor(Depth depth, Pages pages, Database database) throws SQLException {
        this.depth = depth;
        this.pages = pages;
        this.connection = database.connect();
        PlainTable.make(connection);
        connection.setAutoCommit(false);
    }

    @Override
    public String name() {
        return "floor: " + depth.words;
    }

    @Override
    public void prepare(Work work) throws SQLException {
        if (work == Work.FIRST) {
            PlainTable.empty(connection);
            known.clear();
            connection.commit();
        }
    }

    @Override
    public double pass(Work work) throws IOException {
        long from = System.nanoTime();
        pages.forEach(page -> {
            if (depth == Depth.FETCH) {
                return;
            }
            List<String[]> rows = PlainTable.rows(page);
            if (depth == Depth.STORE) {
                store(work, rows);
            }
        });
        return (System.nanoTime() - from) / 1e9;
    }

    private void store(Work work, List<String[]> rows) {
        StringBuilder text = new StringBuilder(rows.size() * 1000);
        for (String[] row : rows) {
            // it is told what has changed, and need not find out
            if (!row[2].equals(known.put(row[0], row[2]))) {
                text.append(String.join("\t", row)).append('\n');
            }
        }
        if (text.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            if (work == Work.FIRST) {
                copy.copyIn("copy task from stdin", new ByteArrayInputStream(bytes));
            } else {
                statement.execute("create temporary table news (like task) on commit drop");
                copy.copyIn("copy news from stdin", new ByteArrayInputStream(bytes));
                statement.execute("update task t set status = n.status from news n where n.task_id = t.task_id");
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
