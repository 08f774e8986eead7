package io.dcssync.ledger;

import io.dcssync.config.DatabaseSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.output.ValidateResult;

/** Brings the schema of the ledger up to date. Safe when several processes do it at once: one waits for the other. */
public final class Migrations {

    /** Version of the last one that there is. */
    static final String NEWEST = "12";

    private Migrations() {}

    /**
     * Makes sure that the schema is up to date: applies what is missing, or only looks where the settings want that.
     *
     * @param migrators connections for what is missing, where statements may take long
     * @throws DatabaseRefused if it is not up to date
     */
    public static void ensure(DataSource database, DataSource migrators, DatabaseSettings settings) {
        if (isUpToDate(database)) {
            return; // nearly always: Flyway would take a third of a short command to find that out
        }
        if (settings.migrate()) {
            int unused = apply(migrators);
        } else {
            check(migrators);
        }
    }

    private static boolean isUpToDate(DataSource database) {
        try (InputStream sql = Migrations.class.getResourceAsStream("/sql/is-up-to-date.sql");
                Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(new String(sql.readAllBytes(), StandardCharsets.UTF_8))) {
            statement.setString(1, NEWEST);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        } catch (SQLException e) {
            return false; // there is no schema, or Flyway says what is wrong
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Applies what is missing.
     *
     * @return how many migrations were applied
     * @throws DatabaseRefused if one cannot be applied, the schema is then as it was before it; or if a newer version of
     *     this program has been here
     */
    public static int apply(DataSource database) {
        try {
            Flyway flyway = flyway(database);
            refuseNewer(flyway);
            return flyway.migrate().migrationsExecuted;
        } catch (FlywayException e) {
            throw new DatabaseRefused("The schema could not be brought up to date: " + e.getMessage(), e);
        }
    }

    /**
     * Removes the ledger with all that it holds.
     *
     * @throws DatabaseRefused if it cannot be removed; it is then as it was
     */
    public static void drop(DataSource database) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema if exists report, dcs cascade");
        } catch (SQLException e) {
            throw new DatabaseRefused("The ledger could not be removed: " + e.getMessage(), e);
        }
    }

    /**
     * Looks, and changes nothing.
     *
     * @throws DatabaseRefused if something is missing, or if a newer version of this program has been here
     */
    public static void check(DataSource database) {
        try {
            Flyway flyway = flyway(database);
            refuseNewer(flyway);
            int missing = flyway.info().pending().length;
            if (missing > 0) {
                throw new DatabaseRefused(
                        "The schema of the database is not up to date, %d migrations are missing, and database.migrate is false: run dcs-sync migrate first"
                                .formatted(missing),
                        null);
            }
        } catch (FlywayException e) {
            throw new DatabaseRefused("The schema of the database could not be looked at: " + e.getMessage(), e);
        }
    }

    /** What a newer version has made of the schema this one may not understand: it must not write into it. */
    private static void refuseNewer(Flyway flyway) {
        long newer = Stream.of(flyway.info().all())
                .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS)
                .count();
        if (newer > 0) {
            throw new DatabaseRefused(
                    "The schema of the database is of a newer version of dcs-sync, %d of its migrations are not known to this one: run that version, or a newer one"
                            .formatted(newer),
                    null);
        }
    }

    /**
     * How far the schema is.
     *
     * @param applied migrations of this program that were applied
     * @param known migrations that this program has
     * @param newer migrations that were applied by a newer version of this program
     * @param problem what the schema has in it that no version of this program put there, or half; empty: nothing
     */
    record State(int applied, int known, int newer, Optional<String> problem) {}

    /**
     * Looks how far the schema is, and changes nothing.
     *
     * @throws FlywayException if it cannot be looked at
     */
    static State look(DataSource database) {
        Flyway flyway = flyway(database);
        int applied = 0;
        int known = 0;
        int newer = 0;
        for (MigrationInfo migration : flyway.info().all()) {
            if (migration.getType().isSynthetic()) {
                continue; // the making of the schema
            }
            boolean ours = migration.getState().isResolved();
            known += ours ? 1 : 0;
            applied += ours && migration.getState().isApplied() ? 1 : 0;
            newer += ours ? 0 : 1;
        }
        return new State(applied, known, newer, applied == 0 ? Optional.empty() : problem(flyway));
    }

    private static Optional<String> problem(Flyway flyway) {
        // what is still to come is no problem, and what a newer version brought is told as such
        ValidateResult result = Flyway.configure(Migrations.class.getClassLoader())
                .configuration(flyway.getConfiguration())
                .ignoreMigrationPatterns("*:pending", "*:future")
                .load()
                .validateWithResult();
        return result.invalidMigrations.stream()
                .map(migration -> "migration %s: %s".formatted(migration.version, migration.errorDetails.errorMessage))
                .findFirst();
    }

    private static Flyway flyway(DataSource database) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:db/migration")
                .defaultSchema("dcs")
                .createSchemas(true)
                .load();
    }
}
