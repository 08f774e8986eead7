package io.dcssync.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import com.zaxxer.hikari.util.DriverDataSource;
import io.dcssync.config.DatabaseSettings;
import io.dcssync.config.Secret;
import io.dcssync.ledger.embedded.EmbeddedDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** The database of the ledger while it is in use: the configured one, or the embedded one when none is. */
public final class LedgerDatabase implements AutoCloseable {

    private static final int OLDEST = 13;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int READERS = 4;
    private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(2);
    private static final String APPLICATION = "dcs-sync";

    // writes past our logging, URLs with their passwords too; what matters comes as exceptions. Held here, as loggers
    // that nobody holds forget their level
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    static {
        DRIVER.setLevel(Level.OFF);
    }

    private final HikariDataSource pool;
    private final HikariDataSource readers;
    private final Optional<EmbeddedDatabase> server;

    private LedgerDatabase(HikariDataSource pool, Optional<EmbeddedDatabase> server) {
        this.pool = pool;
        this.readers = readers(pool);
        this.server = server;
    }

    /**
     * Opens the database.
     *
     * @param data where the embedded one keeps its programs, and its data unless the settings name a folder
     * @throws DatabaseRefused if it cannot be reached, refuses the login, or is too old
     */
    public static LedgerDatabase open(DatabaseSettings settings, Path data) {
        if (settings.url().isPresent()) {
            return new LedgerDatabase(
                    pool(
                            settings.url().get(),
                            settings.user().orElse(null),
                            settings.password().orElse(null),
                            settings.poolSize()),
                    Optional.empty());
        }
        Path folder = settings.folder().orElse(data.resolve("postgres"));
        EmbeddedDatabase server = EmbeddedDatabase.attach(folder, programs(folder, data), PATIENCE);
        try {
            return new LedgerDatabase(
                    pool(server.jdbcUrl(), server.user(), server.password(), settings.poolSize()), Optional.of(server));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /**
     * Returns where PostgreSQL's programs are unpacked to: among the data of the installation, or beside the folder where
     * the installation is not to be written to.
     */
    static Path programs(Path folder, Path data) {
        Path there = data.toAbsolutePath();
        while (Files.notExists(there)) {
            there = there.getParent();
        }
        return Files.isDirectory(there) && Files.isWritable(there)
                ? data
                : folder.toAbsolutePath().normalize().getParent();
    }

    public DataSource dataSource() {
        return pool;
    }

    /** Returns the embedded one; empty where one is configured. */
    public Optional<EmbeddedDatabase> embedded() {
        return server;
    }

    /**
     * Returns a few more connections, made when they are asked for, that can only read: whoever looks at the ledger, and
     * however often, takes none away from those who write it.
     */
    public DataSource readers() {
        return readers;
    }

    /** Returns a source of new connections, without a pool, whose statements may take as long as a migration needs. */
    public DataSource migrators() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", APPLICATION);
        properties.setProperty("tcpKeepAlive", "true");
        // the driver's own has a URL that names all options, in which Flyway takes long to look for a password
        return new DriverDataSource(pool.getJdbcUrl(), null, properties, pool.getUsername(), pool.getPassword());
    }

    /** Measures the pools from now on. */
    public void measureBy(MeterRegistry registry) {
        pool.setMetricRegistry(registry);
        readers.setMetricRegistry(registry);
    }

    @Override
    public void close() {
        try {
            readers.close();
            pool.close();
        } finally {
            server.ifPresent(EmbeddedDatabase::close);
        }
    }

    private static HikariDataSource pool(String url, String user, Secret password, int size) {
        knock(url, user, password);
        HikariConfig config = new HikariConfig();
        config.setPoolName("ledger");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password == null ? null : password.reveal());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(10_000);
        config.setInitializationFailTimeout(-1); // the database has answered: nothing waits for the first connection
        config.setExceptionOverride(new ReplaceReadOnly());
        config.addDataSourceProperty("ApplicationName", APPLICATION);
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // a server that hangs, or went without a word, must not keep a pass for long
        config.addDataSourceProperty("socketTimeout", String.valueOf(LONGEST_STATEMENT.toSeconds()));
        // what is planned once for all values was planned while tables were small
        config.addDataSourceProperty("prepareThreshold", "0");
        return new HikariDataSource(config);
    }

    private static HikariDataSource readers(HikariDataSource pool) {
        HikariDataSource readers = new HikariDataSource(); // connects when it is first asked
        pool.copyStateTo(readers);
        readers.setPoolName("readers");
        readers.setReadOnly(true);
        readers.setMaximumPoolSize(READERS);
        readers.setMinimumIdle(0);
        readers.setConnectionTimeout(5_000);
        // somebody waits for the answer; seconds
        readers.addDataSourceProperty("socketTimeout", "30");
        // to write nothing is said to the server, as the driver holds only transactions of several statements to it.
        // Queries are short: to compile them, to share them out or to plan them for any value costs more than it saves;
        // what they sort and look up should fit into memory; times in JSON are in UTC, whatever this machine's zone
        readers.setConnectionInitSql("set default_transaction_read_only = on;"
                + " set timezone = 'UTC'; set jit = off; set max_parallel_workers_per_gather = 0;"
                + " set plan_cache_mode = force_custom_plan; set work_mem = '64MB'");
        return readers;
    }

    /** A session that has become read-only stays so, while new ones may write: at the server that took its place. */
    private static final class ReplaceReadOnly implements SQLExceptionOverride {

        private static final String READ_ONLY_SQL_TRANSACTION = "25006";

        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException e) {
            return READ_ONLY_SQL_TRANSACTION.equals(e.getSQLState())
                    ? SQLExceptionOverride.Override.MUST_EVICT
                    : SQLExceptionOverride.Override.CONTINUE_EVICT;
        }
    }

    /** Asks once before the pool is made, whose own error would not say what to do. */
    private static void knock(String url, String user, Secret password) {
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("loginTimeout", "15");
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password.reveal());
        }
        try (Connection connection = DriverManager.getConnection(url, properties)) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST) {
                throw new DatabaseRefused(
                        "The database is PostgreSQL %d; %d or newer is needed".formatted(version, OLDEST), null);
            }
        } catch (SQLException e) {
            throw refused(url, e);
        }
    }

    /** The URL may hold a password, and what the driver says may hold the URL. */
    private static DatabaseRefused refused(String url, SQLException e) {
        String place = place(url);
        return new DatabaseRefused(
                "The database %s cannot be used: %s. Check database.url, database.user and database.password"
                        .formatted(place, e.getMessage().replace(url, place).replaceFirst("\\.$", "")),
                place.equals(url) ? e : null);
    }

    /** Returns where a URL leads, without what may be secret in it. */
    static String place(String url) {
        return url.replaceFirst("\\?.*", "").replaceFirst("//[^/]*@", "//******@");
    }
}
