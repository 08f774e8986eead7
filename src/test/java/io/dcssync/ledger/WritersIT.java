package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the role of the writers may do beside the statements of the ledger, which all tests of these run with its rights. */
class WritersIT {

    // what is refused changes nothing
    @AutoClose
    private static final TestDatabase database = TestDatabase.fresh();

    @Test
    void a_writer_reads_the_report_and_mutes_and_ends_mutes() throws SQLException {
        try (TestLedger ledger = new TestLedger(TestLedger.channel("ops"))) {
            ledger.sees(failed("a", "x"));
            asWriter(ledger.database(), "select * from report.task, report.task_as_of(now())");
            asWriter(ledger.database(), "insert into dcs.mute (until, why) values ('infinity', 'quiet')");
            asWriter(ledger.database(), "insert into dcs.mute (until, why) values (now(), 'quiet')");
            asWriter(ledger.database(), "update dcs.mute set until = now() where mute_id = 1");
            asWriter(ledger.database(), "delete from dcs.mute where mute_id = 2");
            assertThat(ledger.database().one("select count(*) from report.mute where not active"))
                    .isEqualTo(1L);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from dcs.transition",
                "update dcs.transition set to_status = 'SUCCESS'",
                "delete from dcs.task_version",
                "update dcs.task_version set task = null",
                "truncate dcs.task_version",
                "delete from dcs.task",
                "delete from dcs.run",
                "delete from dcs.alert",
                "delete from report.alert",
                "update dcs.status_class set class = 'ended'",
                "update dcs.listed_daily set change = 0",
                "update dcs.transition_daily set transitions = 0",
                "delete from dcs.failure_daily",
                "delete from dcs.failure_reason",
                "delete from dcs.finished_migration",
                "select * from dcs.prune_history(now(), now(), '', '', 1)",
                "select * from dcs.prune_runs(now(), 0, 1)",
                "update dcs.flyway_schema_history set success = true",
                "create table dcs.mine (id int)",
                "create table report.mine (id int)",
                "create schema mine",
                "create role mine",
            })
    void a_writer_does_nothing_that_the_program_does_not_need(String statement) {
        assertThatThrownBy(() -> asWriter(database, statement)).hasMessageContaining("permission denied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table dcs.mute",
                "alter table dcs.mute add column mine int",
                "create index on dcs.mute (until)",
                "create or replace view report.mute as select 1 as mute_id",
                "drop view report.task"
            })
    void nor_does_it_change_what_it_does_not_own(String statement) {
        assertThatThrownBy(() -> asWriter(database, statement))
                .hasMessageMatching("(?s).*(must be owner of|permission denied).*");
    }

    private static void asWriter(TestDatabase database, String statement) throws SQLException {
        try (Connection session = database.dataSource().getConnection();
                Statement sql = session.createStatement()) {
            sql.execute("set role dcs_writer");
            sql.execute(statement);
        }
    }
}
