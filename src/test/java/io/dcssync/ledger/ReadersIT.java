package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the role of the readers may do, and what a session's settings do to what it reads. */
class ReadersIT {

    private static final String AS_READER = "grant dcs_reader to current_user; set role dcs_reader";

    @AutoClose
    private final TestLedger ledger = new TestLedger(TestLedger.channel("ops"));

    @Test
    void a_reader_reads_every_view_and_the_list_of_then() throws SQLException {
        ledger.sees(failed("a", "x"));
        for (Map<String, Object> view : ledger.database()
                .rows("select table_name from information_schema.views where table_schema = 'report'")) {
            assertThat(read(AS_READER, "select count(*) from report." + view.get("table_name")))
                    .hasSize(1);
        }
        assertThat(read(AS_READER, "select task_id || ' ' || status_class from report.task_as_of(now())"))
                .containsExactly("a failed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from dcs.task",
                "select * from dcs.event",
                "select dcs.class_of('FAILED')",
                "delete from report.alert returning 1",
                "update report.alert set state = 'dead' returning 1",
                "create table report.mine (id int)",
                "create table dcs.mine (id int)"
            })
    void a_reader_does_nothing_else(String statement) {
        assertThatThrownBy(() -> read(AS_READER, statement)).hasMessageContaining("permission denied");
    }

    @Test
    void the_time_zone_of_a_session_changes_no_text_that_is_kept_or_sent() throws SQLException {
        ledger.sees(failed("a", "x").createdAt("2024-05-01T23:30:00Z"));
        for (String query : List.of(
                "select task from report.task_version",
                "select data from dcs.event",
                "select extract(epoch from created_at) from report.task_as_of(now())")) {
            assertThat(read("set timezone to 'America/St_Johns'", query))
                    .hasSize(1)
                    .isEqualTo(read("set timezone to 'Pacific/Kiritimati'", query));
        }
        assertThat(ledger.database().one("select task ->> 'created_at' from report.task_version"))
                .isEqualTo("2024-05-01T23:30:00.000000Z");
    }

    /** Returns the first column of a query, read in a session that has taken a setting. */
    private List<String> read(String setting, String query) throws SQLException {
        try (Connection session = ledger.database().dataSource().getConnection();
                Statement statement = session.createStatement()) {
            statement.execute(setting);
            try (ResultSet rows = statement.executeQuery(query)) {
                List<String> values = new ArrayList<>();
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
                return values;
            }
        }
    }
}
