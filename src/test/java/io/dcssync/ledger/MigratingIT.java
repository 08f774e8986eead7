package io.dcssync.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dcssync.config.DatabaseSettings;
import io.dcssync.config.GivenSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The schema on its way from one version to the next. */
class MigratingIT {

    private static final int NODES = 4;
    private static final DatabaseSettings SETTINGS =
            GivenSettings.source("http://dcs").database();

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @Test
    void nodes_that_start_together_on_an_empty_database_apply_each_migration_once() {
        Migrations.drop(database.dataSource());
        ExecutorService nodes = Executors.newFixedThreadPool(NODES);
        try {
            List<Integer> applied = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> Migrations.apply(database.dataSource()), nodes))
                    .limit(NODES)
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();

            Migrations.State state = Migrations.look(database.dataSource());
            assertThat(applied.stream().mapToInt(Integer::intValue).sum()).isEqualTo(state.known());
            assertThat(state.applied()).isEqualTo(state.known());
            assertThat(state.problem()).isEmpty();
        } finally {
            nodes.shutdownNow();
        }
    }

    @Test
    void the_newest_migration_is_known_without_a_look_at_all() {
        assertThat(database.one("select version from dcs.flyway_schema_history order by installed_rank desc limit 1"))
                .isEqualTo(Migrations.NEWEST);
    }

    @Test
    void a_start_gives_readers_and_writers_back_what_they_lost() {
        database.run("revoke usage on schema report from dcs_reader; revoke usage on schema dcs from dcs_writer");

        Migrations.ensure(database.dataSource(), database.dataSource(), SETTINGS);

        assertThat(database.rows("select has_schema_privilege('dcs_reader', 'report', 'usage') as reads,"
                        + " has_schema_privilege('dcs_writer', 'dcs', 'usage') as writes"))
                .containsExactly(Map.of("reads", true, "writes", true));
    }

    @Test
    void a_start_refuses_a_schema_of_a_newer_version() {
        database.run(
                "insert into dcs.flyway_schema_history select 999, '999', 'x', type, 'V999__x.sql', 1, installed_by,"
                        + " installed_on, 1, true from dcs.flyway_schema_history where version = '1'");

        assertThatExceptionOfType(DatabaseRefused.class)
                .isThrownBy(() -> Migrations.ensure(database.dataSource(), database.dataSource(), SETTINGS))
                .withMessageContaining("newer version");
    }

    @Test
    void a_migration_and_nodes_that_store_meanwhile_wait_for_each_other_in_one_order() throws Exception {
        migrateTo("11");
        database.run("insert into dcs.source (source, project_id) values ('a', 'p1'), ('b', 'p1')");
        CompletableFuture<Integer> migration;
        CompletableFuture<Void> next;
        try (Connection storing = database.dataSource().getConnection()) {
            storing.setAutoCommit(false);
            store("a", storing);
            migration = CompletableFuture.supplyAsync(() -> Migrations.apply(database.dataSource()));
            await().until(() -> waitForLocks() == 1);
            next = CompletableFuture.runAsync(() -> store("b"));
            await().until(() -> waitForLocks() == 2);
            storing.commit();
        }

        assertThat(migration.join()).isPositive();
        next.join();
        assertThat(database.one("select count(*) from dcs.task")).isEqualTo(2L);
    }

    private void store(String source) {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            store(source, connection);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Locks as the statement that stores a page does. */
    private static void store(String source, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("update dcs.source set project_id = project_id where source = '" + source + "'");
            statement.execute("insert into dcs.task (source, task_id, project_id, status, first_seen_at, status_since,"
                    + " last_changed_at, shown_at, seq, transition_at)"
                    + " values ('" + source + "', 't', 'p1', 'MIGRATING', now(), now(), now(), now(), 1, now())");
        }
    }

    private long waitForLocks() {
        return (Long) database.one("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                + " and datname = current_database()");
    }

    @Test
    void what_a_ledger_has_lived_through_before_it_counts_is_counted_when_it_is_migrated() {
        migrateTo("9");
        // what the statements of today know beside
        database.run("alter table dcs.source add last_run bigint, add last_run_ended_at timestamptz");
        try (TestLedger ledger = new TestLedger(database, TestLedger.channel("ops"))) {
            LivedIn.live(ledger, 9, 25);
            LivedIn.daysGoBy(database, 3);
            database.run("alter table dcs.source drop last_run, drop last_run_ended_at");

            assertThat(Migrations.apply(database.dataSource())).isPositive();
            CountedHistory.isRight(database);

            LivedIn.live(ledger, 10, 25);
            CountedHistory.isRight(database);
        }
    }

    @Test
    void a_schema_of_a_newer_version_is_left_alone_and_the_program_does_not_start_on_it() {
        database.run("insert into dcs.flyway_schema_history values"
                + " (900, '900', 'later', 'SQL', 'V900__later.sql', 1, 'x', now(), 1, true)");

        for (Runnable start : List.<Runnable>of(
                () -> Migrations.apply(database.dataSource()), () -> Migrations.check(database.dataSource()))) {
            assertThatThrownBy(start::run)
                    .isInstanceOf(DatabaseRefused.class)
                    .hasMessageContaining("a newer version of dcs-sync")
                    .hasMessageContaining("run that version");
        }
    }

    private void migrateTo(String version) {
        Migrations.drop(database.dataSource());
        Flyway.configure()
                .dataSource(database.dataSource())
                .locations("classpath:db/migration")
                .defaultSchema("dcs")
                .createSchemas(true)
                .target(version)
                .load()
                .migrate();
    }
}
