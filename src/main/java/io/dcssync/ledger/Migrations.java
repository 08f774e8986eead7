package io.dcssync.ledger;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/** Brings the schema of the ledger up to date. Safe when several processes do it at once: one waits for the other. */
public final class Migrations {

    private Migrations() {}

    /**
     * Applies what is missing.
     *
     * @return how many migrations were applied
     * @throws DatabaseRefused if one cannot be applied; the schema is then as it was before it
     */
    public static int apply(DataSource database) {
        try {
            MigrateResult result = Flyway.configure(Migrations.class.getClassLoader())
                    .dataSource(database)
                    .locations("classpath:db/migration")
                    .defaultSchema("dcs")
                    .createSchemas(true)
                    .load()
                    .migrate();
            return result.migrationsExecuted;
        } catch (FlywayException e) {
            throw new DatabaseRefused("The schema could not be brought up to date: " + e.getMessage(), e);
        }
    }
}
