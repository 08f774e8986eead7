package io.dcssync.bench;

import io.dcssync.ledger.embedded.BenchServer;
import io.dcssync.ledger.embedded.EmbeddedDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL of its own, of the kind that comes along and with its durable settings, with as many databases as wished. */
final class Database implements AutoCloseable {

    /** The one of them that counts what the others are sent. */
    private static final String COUNTING = "postgres";

    /** Marks a statement that is not counted. */
    static final String UNCOUNTED = "/* uncounted */";

    private final EmbeddedDatabase server;
    private final String name;

    private Database(EmbeddedDatabase server, String name) {
        this.server = server;
        this.name = name;
    }

    /** Starts a server, or attaches to the one that a run before has left. */
    static Database start(Path folder) {
        return new Database(BenchServer.start(folder), COUNTING);
    }

    /** Makes a database anew. */
    Database fresh(String database) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + database + " with (force)");
            statement.execute("create database " + database);
        }
        return new Database(server, database);
    }

    Connection connect() throws SQLException {
        return connect("ApplicationName=bench");
    }

    /** Connects once the job has made its schema there. */
    Connection connectWhenMigrated(RunningJob job) throws Exception {
        Connection connection = connect();
        Waiting.until(() -> {
            job.mustLive();
            return number(connection, "select count(*) from pg_tables where schemaname = 'dcs' and tablename = 'mute'")
                    == 1;
        });
        return connection;
    }

    Connection connect(String parameter) throws SQLException {
        return DriverManager.getConnection(
                url() + "&" + parameter, server.user(), server.password().reveal());
    }

    String url() {
        return server.jdbcUrl().replaceFirst("/[^/?]*\\?", "/" + name + "?");
    }

    String user() {
        return server.user();
    }

    Path passwordFile() {
        return server.passwordFile();
    }

    String password() {
        return server.password().reveal();
    }

    String host() {
        return server.jdbcUrl().replaceFirst("jdbc:postgresql://([^:]*):.*", "$1");
    }

    String port() {
        return server.jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1");
    }

    String name() {
        return name;
    }

    /** Asks for one number. */
    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Bytes of write-ahead log since the beginning. */
    static long wal(Connection connection) throws SQLException {
        return number(connection, "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint");
    }

    /** Statements that all databases but this one were sent since the beginning, {@code begin} and {@code commit} among them. */
    static long statements(Connection counting) throws SQLException {
        return number(
                counting,
                "select coalesce(sum(s.calls), 0)::bigint from pg_stat_statements s join pg_database d on d.oid = s.dbid"
                        + " where d.datname <> current_database() and s.query not like '%" + UNCOUNTED + "%'");
    }

    /** The process that all processes of the server are children of. */
    static long postmaster(Connection connection) throws SQLException {
        return ProcessHandle.of(number(connection, "select pg_backend_pid()"))
                .flatMap(ProcessHandle::parent)
                .map(ProcessHandle::pid)
                .orElseThrow();
    }

    @Override
    public void close() {
        server.close();
    }
}
