package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.DocumentedAlerts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The SQL that the page of alerts shows, as one who may mute types it. */
class DocumentedSqlIT {

    @AutoClose
    private final TestLedger ledger = new TestLedger(TestLedger.channel("ops"));

    @Test
    void what_the_page_of_alerts_shows_does_what_it_says() throws Exception {
        ledger.sees(failed("a", "x"), failed("b", "x"), failed("c", "x"));
        ledger.delivers(ledger.claims("ops", 1).get(0));
        ledger.isRefused(ledger.claims("ops", 1).get(0), "HTTP 410");

        List<String> effects = new ArrayList<>();
        try (Connection session = ledger.database().dataSource().getConnection();
                Statement sql = session.createStatement()) {
            sql.execute("set role dcs_writer");
            for (String statement : DocumentedAlerts.statements()) {
                effects.add(
                        sql.execute(statement)
                                ? rows(sql.getResultSet()) + " rows"
                                : sql.getUpdateCount() + " written");
            }
        }
        assertThat(effects)
                .containsExactly(
                        "1 rows", // dead
                        "1 rows", // the channel with one that waits
                        "2 rows", // those
                        "1 written",
                        "1 written",
                        "2 rows", // mutes
                        "1 written");
    }

    private static int rows(ResultSet result) throws Exception {
        int rows = 0;
        while (result.next()) {
            rows++;
        }
        return rows;
    }
}
