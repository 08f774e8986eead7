package io.dcssync.ledger;

import io.dcssync.config.DatabaseSettings;
import io.dcssync.doctor.Check;
import io.dcssync.doctor.Finding;
import io.dcssync.ledger.embedded.EmbeddedDatabase;
import io.dcssync.ledger.embedded.EmbeddedDatabaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;

/**
 * Looks whether the database can be used, how far its schema is, and who may do what. The embedded one is started for it
 * where it is there, and not made where it is not.
 */
public final class LedgerCheck implements Check {

    private final DatabaseSettings settings;
    private final Path data;

    /** @param data where the embedded database keeps its programs, and its data unless the settings name a folder */
    public LedgerCheck(DatabaseSettings settings, Path data) {
        this.settings = settings;
        this.data = data;
    }

    @Override
    public void make(Consumer<Finding> tell) throws IOException, SQLException {
        try {
            if (settings.url().isPresent()
                    || EmbeddedDatabase.isMade(folder(), LedgerDatabase.programs(folder(), data))) {
                look(tell);
            } else {
                tell.accept(notMade());
            }
        } catch (DatabaseRefused | EmbeddedDatabaseException e) {
            tell.accept(Finding.fail(e.getMessage()));
            tell.accept(Finding.warn(
                    "schema and roles dcs_reader and dcs_writer: not checked, since the database cannot be used"));
        } catch (FlywayException e) {
            tell.accept(Finding.fail("schema: cannot be looked at: " + e.getMessage()));
        }
    }

    private Path folder() {
        return settings.folder().orElse(data.resolve("postgres"));
    }

    private Finding notMade() {
        String none = "PostgreSQL embedded, in %s: not made yet".formatted(folder());
        return settings.migrate()
                ? Finding.ok(none
                        + ", the first run or sync makes it with its schema; database.url names a server of your own")
                : Finding.fail(none + ", and database.migrate is false; run dcs-sync migrate");
    }

    private void look(Consumer<Finding> tell) throws IOException, SQLException {
        try (LedgerDatabase database = LedgerDatabase.open(settings, data)) {
            Rights rights = Rights.of(database.dataSource());
            tell.accept(server(database.dataSource(), rights));
            SchemaCheck.of(settings, database.dataSource(), rights).forEach(tell);
        }
    }

    private Finding server(DataSource database, Rights rights) throws SQLException {
        try (Connection connection = database.getConnection()) {
            String server = "PostgreSQL %s %s, user %s"
                    .formatted(
                            connection.getMetaData().getDatabaseProductVersion().replaceFirst(" .*", ""),
                            settings.url()
                                    .map(url -> "at " + LedgerDatabase.place(url))
                                    .orElseGet(() -> "embedded, in " + folder()),
                            rights.user());
            return rights.readOnly()
                    ? Finding.fail(
                            server + ": can only be read, it may be a standby; let database.url name the primary")
                    : Finding.ok(server);
        }
    }
}
