package io.dcssync.ledger;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Holds locks in a transaction of its own until it is closed, so that others can be made to wait, and start as one. */
final class Holding implements AutoCloseable {

    private final TestDatabase database;
    private final Connection connection;

    private Holding(TestDatabase database, Connection connection) {
        this.database = database;
        this.connection = connection;
    }

    static Holding of(TestDatabase database, String lockingQuery) throws SQLException {
        Connection connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(lockingQuery);
        }
        return new Holding(database, connection);
    }

    /** How many wait for a lock now. */
    long waiting() {
        return (Long)
                database.one(
                        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
    }

    void awaitWaiting(long count) {
        await().until(() -> waiting() == count);
    }

    /** Lets go of the locks, and what was done under them holds. */
    void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }
}
