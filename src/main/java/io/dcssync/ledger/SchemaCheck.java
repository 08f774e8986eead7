package io.dcssync.ledger;

import io.dcssync.config.DatabaseSettings;
import io.dcssync.doctor.Finding;
import java.util.List;
import javax.sql.DataSource;

/** Judges how far the schema is by what the database user may do about it. */
final class SchemaCheck {

    private static final String LET_READERS_READ =
            "grant usage on schema report to dcs_reader; grant select on all tables in schema report to dcs_reader; "
                    + "revoke execute on all functions in schema report from public; "
                    + "grant execute on all functions in schema report to dcs_reader;";

    private SchemaCheck() {}

    /** @throws org.flywaydb.core.api.FlywayException if the schema cannot be looked at */
    static List<Finding> of(DatabaseSettings settings, DataSource database, Rights rights) {
        if (rights.hasSchema() && !rights.ownsSchema() && !rights.mayWrite()) {
            Finding shutOut = Finding.fail("schema: dcs is there, but %s".formatted(mayNotWrite(rights)));
            return List.of(shutOut, reader(true, rights), writer(true, rights));
        }
        Migrations.State state = Migrations.look(database);
        boolean upToDate = state.applied() >= state.known();
        return List.of(schema(settings, state, rights), reader(upToDate, rights), writer(upToDate, rights));
    }

    private static Finding schema(DatabaseSettings settings, Migrations.State state, Rights rights) {
        String far = "schema: %d of %d migrations".formatted(state.applied(), state.known());
        if (state.problem().isPresent()) {
            return Finding.fail("%s, and it is not as this program made it: %s"
                    .formatted(far, state.problem().get()));
        }
        if (state.newer() > 0) {
            return Finding.fail("%s, and %d of a newer version of this program: run that one, as this one will not"
                    .formatted(far, state.newer()));
        }
        if (state.applied() < state.known()) {
            return pending(far, settings, rights);
        }
        return rights.mayWrite()
                ? Finding.ok(far + ", up to date")
                : Finding.fail("%s, but %s".formatted(far, mayNotWrite(rights)));
    }

    private static String mayNotWrite(Rights rights) {
        return "%1$s may not write it; let database.user be its owner, or have its owner run: grant dcs_writer to %1$s;"
                .formatted(rights.user());
    }

    private static Finding pending(String far, DatabaseSettings settings, Rights rights) {
        if (!rights.hasSchema() && !rights.mayCreateSchemas()) {
            return Finding.fail(
                    "%s, and %s may create no schema here; the database's owner must run: grant create on database %s to %s;"
                            .formatted(far, rights.user(), rights.database(), rights.user()));
        }
        if (rights.hasSchema() && !rights.ownsSchema()) {
            return Finding.fail(
                    "%s, and schema dcs is not %s's; let its owner run dcs-sync migrate, or use another database"
                            .formatted(far, rights.user()));
        }
        return settings.migrate()
                ? Finding.ok(far + ", the next run or sync makes the rest, or dcs-sync migrate now")
                : Finding.fail(far + ", and database.migrate is false; run dcs-sync migrate");
    }

    private static Finding reader(boolean upToDate, Rights rights) {
        if (rights.reader().isComplete()) {
            return Finding.ok("role dcs_reader: is there and reads schema report");
        }
        if (!rights.reader().isThere() && !rights.mayCreateRoles()) {
            return Finding.warn(
                    "role dcs_reader: is not there, and %s may not create it; for readers a superuser may run: create role dcs_reader nologin;%s"
                            .formatted(rights.user(), upToDate ? " " + LET_READERS_READ : ""));
        }
        if (!upToDate) {
            return Finding.ok("role dcs_reader: comes with the schema");
        }
        return rights.reader().isThere()
                ? Finding.warn(
                        "role dcs_reader: does not read all of schema report; its owner may run: " + LET_READERS_READ)
                : Finding.warn("role dcs_reader: is not there; dcs-sync migrate makes it");
    }

    /** That it is not there is no warning: an owner of the schema needs none. */
    private static Finding writer(boolean upToDate, Rights rights) {
        if (rights.writer().isComplete()) {
            return Finding.ok("role dcs_writer: is there and writes schema dcs");
        }
        if (!rights.writer().isThere() && !rights.mayCreateRoles()) {
            return Finding.ok(
                    "role dcs_writer: is not there, and %s may not create it; it is needed only where database.user does not own schema dcs: then a superuser may run: create role dcs_writer nologin; and the owner of the schema dcs-sync migrate"
                            .formatted(rights.user()));
        }
        if (!upToDate) {
            return Finding.ok("role dcs_writer: comes with the schema");
        }
        return rights.writer().isThere()
                ? Finding.warn(
                        "role dcs_writer: may not write all of schema dcs; the owner of the schema gives it the rights by dcs-sync migrate")
                : Finding.ok("role dcs_writer: is not there; dcs-sync migrate makes it");
    }
}
