package io.dcssync.ledger;

import io.dcssync.config.Secret;
import io.dcssync.ledger.embedded.EmbeddedDatabase;
import io.dcssync.ledger.embedded.TestServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A fresh, migrated database on a real PostgreSQL, for one test. One server serves all tests of a JVM; a database is a
 * copy of a template that was migrated once. Sessions have the time zone of the JVM, which the build sets to one that
 * is not UTC. A session may serve several statements, so that none may change its settings. Thread-safe.
 *
 * <pre>{@code
 * @AutoClose
 * private final TestDatabase database = TestDatabase.fresh();
 * }</pre>
 */
public final class TestDatabase implements AutoCloseable {

    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Gives an empty database its schema; called once in each JVM. */
    private static void migrate(DataSource empty) {
        Migrations.apply(empty);
    }

    /** Started by the first test that asks for a database. */
    private static final class Shared {

        private static final EmbeddedDatabase SERVER = TestServer.start();
        private static final TestDatabase MAINTENANCE = new TestDatabase(SERVER.jdbcUrl());

        static {
            MAINTENANCE.run("create database " + TEMPLATE);
            TestDatabase template = new TestDatabase(urlOf(TEMPLATE));
            migrate(template.dataSource());
            // so that tests may take the role
            template.run("grant dcs_writer to current_user");
            template.endSessions();
        }

        private static String urlOf(String name) {
            return SERVER.jdbcUrl().replace("/dcs_sync?", "/" + name + "?");
        }
    }

    private final String jdbcUrl;
    private final Secret password;
    private final boolean ours;
    private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
    /** Sessions that nobody uses just now: a new one costs a hundred times what a question costs. */
    private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();

    private TestDatabase(String jdbcUrl) {
        this(jdbcUrl, Shared.SERVER.user(), Shared.SERVER.password(), true);
    }

    private TestDatabase(String jdbcUrl, String user, Secret password, boolean ours) {
        this.jdbcUrl = jdbcUrl;
        this.password = password;
        this.ours = ours;
        dataSource.setUrl(jdbcUrl);
        dataSource.setUser(user);
        dataSource.setPassword(password.reveal());
        // as in the ledger's own pool
        dataSource.setPrepareThreshold(0);
    }

    /** Returns a database of another server, as it is; closing it leaves it there. */
    public static TestDatabase of(String jdbcUrl, String user, Secret password) {
        return new TestDatabase(jdbcUrl, user, password, false);
    }

    /** Returns a database that nobody else uses, with the schema and no data. */
    public static TestDatabase fresh() {
        String name = "test_" + NUMBER.incrementAndGet();
        // one at a time: a template must not be in use, not even by another copying
        synchronized (TestDatabase.class) {
            Shared.MAINTENANCE.run("create database " + name + " template " + TEMPLATE + " strategy file_copy");
        }
        return new TestDatabase(Shared.urlOf(name));
    }

    public String jdbcUrl() {
        return jdbcUrl;
    }

    public String user() {
        return dataSource.getUser();
    }

    public Secret password() {
        return password;
    }

    /** Returns a source of new connections, without a pool. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** Returns what a query or a {@code returning} gives, columns in their order. */
    public List<Map<String, Object>> rows(String sql, Object... arguments) {
        return inSession(sql, arguments, statement -> {
            ResultSet result = statement.executeQuery();
            ResultSetMetaData columns = result.getMetaData();
            List<Map<String, Object>> rows = new ArrayList<>();
            while (result.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.put(columns.getColumnLabel(i), result.getObject(i));
                }
                rows.add(row);
            }
            return rows;
        });
    }

    /** Returns the only column of the only row; null if it is null. */
    public Object one(String sql, Object... arguments) {
        List<Map<String, Object>> rows = rows(sql, arguments);
        if (rows.size() != 1 || rows.get(0).size() != 1) {
            throw new AssertionError(sql + " gave not one value but " + rows);
        }
        return rows.get(0).values().iterator().next();
    }

    /** Runs statements and returns how many rows the first changed; several in one text are one transaction. */
    public int run(String sql, Object... arguments) {
        return inSession(sql, arguments, statement -> {
            statement.execute();
            return statement.getUpdateCount();
        });
    }

    /** Ends all sessions and takes no new ones, until it comes back. */
    public void goesAway() {
        endSessions();
        Shared.MAINTENANCE.run("alter database " + name() + " allow_connections false");
        Shared.MAINTENANCE.rows("select pg_terminate_backend(pid) from pg_stat_activity where datname = ?", name());
    }

    /** Takes sessions again. */
    public void comesBack() {
        Shared.MAINTENANCE.run("alter database " + name() + " allow_connections true");
    }

    /** Drops a fresh database, whoever is still connected. */
    @Override
    public void close() {
        endSessions();
        if (ours) {
            Shared.MAINTENANCE.run("drop database if exists " + name() + " with (force)");
        }
    }

    private String name() {
        return jdbcUrl.replaceAll("^.*/|\\?.*$", "");
    }

    private interface Act<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    private <T> T inSession(String sql, Object[] arguments, Act<T> act) {
        try {
            Connection session = session();
            T result;
            try (PreparedStatement statement = session.prepareStatement(sql)) {
                for (int i = 0; i < arguments.length; i++) {
                    statement.setObject(i + 1, arguments[i]);
                }
                result = act.on(statement);
            } catch (SQLException e) {
                session.close();
                throw e;
            }
            idle.push(session);
            return result;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private Connection session() throws SQLException {
        for (Connection session = idle.poll(); session != null; session = idle.poll()) {
            if (session.isValid(1)) {
                return session;
            }
            session.close();
        }
        Connection session = dataSource.getConnection();
        // what it asks for may look different the next time
        session.unwrap(PGConnection.class).setPrepareThreshold(0);
        return session;
    }

    private void endSessions() {
        try {
            for (Connection session = idle.poll(); session != null; session = idle.poll()) {
                session.close();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
