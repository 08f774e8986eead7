package io.dcssync.ledger;

import static io.dcssync.doctor.Finding.Verdict.FAIL;
import static io.dcssync.doctor.Finding.Verdict.OK;
import static io.dcssync.doctor.Finding.Verdict.WARN;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.DatabaseSettings;
import io.dcssync.config.Secret;
import io.dcssync.doctor.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LedgerCheckIT {

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    private final List<Finding> findings = new ArrayList<>();

    @Test
    void a_database_that_is_ready_is_told_in_four_lines() throws Exception {
        check(true);

        assertThat(findings).extracting(Finding::verdict).containsExactly(OK, OK, OK, OK);
        assertThat(findings.get(0).text()).matches("PostgreSQL \\d+\\.\\d+ at jdbc:postgresql://[^?]+, user \\w+");
        assertThat(findings.get(1).text()).matches("schema: (\\d+) of \\1 migrations, up to date");
    }

    @Test
    void a_schema_that_is_not_there_is_left_so_and_told_by_who_will_make_it() throws Exception {
        Migrations.drop(database.dataSource());

        check(true);
        assertThat(findings).extracting(Finding::verdict).containsOnly(OK);
        told("schema: 0 of").extracting(Finding::text).asString().contains("next run or sync");

        check(false);
        told("schema: 0 of").isEqualTo(Finding.fail(findings.get(1).text()));
        assertThat(findings.get(1).text()).endsWith("database.migrate is false; run dcs-sync migrate");
        assertThat(database.one("select count(*) from pg_namespace where nspname = 'dcs'"))
                .isEqualTo(0L);
    }

    @Test
    void a_schema_of_a_newer_version_or_changed_by_hand_is_told() throws Exception {
        database.run("insert into dcs.flyway_schema_history values"
                + " (900, '900', 'later', 'SQL', 'V900__later.sql', 1, 'x', now(), 1, true)");
        check(true);
        assertThat(told("schema: ").actual().verdict()).isEqualTo(FAIL);
        assertThat(told("schema: ").actual().text()).contains("1 of a newer version");

        database.run("update dcs.flyway_schema_history set checksum = 7 where version = '2'");
        check(true);
        assertThat(told("schema: ").actual().verdict()).isEqualTo(FAIL);
        assertThat(told("schema: ").actual().text()).contains("migration 2: ");
    }

    @Test
    void a_user_without_rights_is_told_what_somebody_else_must_run() throws Exception {
        database.run("create role poor_user login password 'poor'");
        database.run("alter role dcs_reader rename to dcs_reader_away");
        database.run("alter role dcs_writer rename to dcs_writer_away");
        try {
            check("poor_user", "poor", true);
            assertThat(told("schema: ").actual().verdict()).isEqualTo(FAIL);
            assertThat(told("role dcs_reader: ").actual().verdict()).isEqualTo(WARN);
            assertThat(told("role dcs_reader: ").actual().text())
                    .contains("create role dcs_reader nologin; grant usage on schema report to dcs_reader;");
            assertThat(told("role dcs_writer: ").actual().text()).contains("create role dcs_writer nologin;");

            Migrations.drop(database.dataSource());
            check("poor_user", "poor", true);
            assertThat(told("schema: ").actual().text())
                    .matches(".*must run: grant create on database test_\\d+ to poor_user;");
            assertThat(told("role dcs_reader: ").actual().text()).endsWith("create role dcs_reader nologin;");
        } finally {
            database.run("alter role dcs_reader_away rename to dcs_reader");
            database.run("alter role dcs_writer_away rename to dcs_writer");
            database.run("drop role poor_user");
        }
    }

    @Test
    void a_user_who_may_create_no_roles_makes_the_schema_and_gives_the_roles_their_rights_once_they_are_there()
            throws Exception {
        String name = (String) database.one("select current_database()");
        database.run("create role some_owner login password 'mine'; grant some_owner to current_user");
        database.run("grant create on database %s to some_owner".formatted(name));
        Migrations.drop(database.dataSource());
        database.run("alter role dcs_reader rename to dcs_reader_away");
        database.run("alter role dcs_writer rename to dcs_writer_away");
        DataSource his = TestDatabase.of(database.jdbcUrl(), "some_owner", new Secret("mine"))
                .dataSource();
        try {
            assertThat(Migrations.apply(his)).isPositive();
            check("some_owner", "mine", true);
            assertThat(findings).extracting(Finding::verdict).containsExactly(OK, OK, WARN, OK);
            assertThat(told("role dcs_writer: ").actual().text()).contains("may run: create role dcs_writer nologin;");
        } finally {
            database.run("alter role dcs_reader_away rename to dcs_reader");
            database.run("alter role dcs_writer_away rename to dcs_writer");
        }
        try {
            assertThat(Migrations.apply(his)).isZero();
            check("some_owner", "mine", true);
            assertThat(findings).extracting(Finding::verdict).containsOnly(OK);
        } finally {
            database.run("drop owned by some_owner cascade; drop role some_owner");
        }
    }

    @Test
    void a_view_that_readers_may_not_read_is_told_with_what_to_run() throws Exception {
        database.run("revoke select on report.task from dcs_reader");

        check(true);

        assertThat(told("role dcs_reader: ").actual().verdict()).isEqualTo(WARN);
        assertThat(told("role dcs_reader: ").actual().text()).contains("grant select on all tables in schema report");
    }

    @Test
    void rights_that_writers_lack_are_told_and_given_by_the_next_migration() throws Exception {
        database.run("revoke update on dcs.alert from dcs_writer; revoke all on schema report from dcs_writer");

        check(true);

        assertThat(told("role dcs_writer: ").actual().verdict()).isEqualTo(WARN);
        assertThat(told("role dcs_writer: ").actual().text())
                .endsWith("the owner of the schema gives it the rights by dcs-sync migrate");
        assertThat(Migrations.apply(database.dataSource())).isZero();
        check(true);
        assertThat(told("role dcs_writer: ").actual().verdict()).isEqualTo(OK);
    }

    @Test
    void a_role_for_writers_that_is_not_there_is_no_warning() throws Exception {
        database.run("alter role dcs_writer rename to dcs_writer_away");
        try {
            check(true);
            told("role dcs_writer: ").isEqualTo(Finding.ok("role dcs_writer: is not there; dcs-sync migrate makes it"));
        } finally {
            database.run("alter role dcs_writer_away rename to dcs_writer");
        }
    }

    @Test
    void what_a_database_that_cannot_be_used_keeps_from_being_checked_is_told() throws Exception {
        check("nobody_at_all", "x", true);

        assertThat(findings).extracting(Finding::verdict).containsExactly(FAIL, WARN);
        told("schema and roles dcs_reader and dcs_writer: not checked");
    }

    private void check(boolean migrate) throws Exception {
        check(database.user(), database.password().reveal(), migrate);
    }

    private void check(String user, String password, boolean migrate) throws Exception {
        findings.clear();
        DatabaseSettings settings = new DatabaseSettings(
                Optional.of(database.jdbcUrl()),
                Optional.of(user),
                Optional.of(new Secret(password)),
                Optional.empty(),
                2,
                migrate);
        new LedgerCheck(settings, Path.of("nowhere")).make(findings::add);
    }

    private ObjectAssert<Finding> told(String beginning) {
        return assertThat(findings)
                .filteredOn(finding -> finding.text().startsWith(beginning))
                .singleElement(InstanceOfAssertFactories.type(Finding.class));
    }
}
