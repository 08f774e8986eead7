package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.CodeBlocks;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The queries of the cookbook, and those of the README, as a reader runs them on a ledger that has a past. */
class SqlCookbookIT {

    private static final String TASK = "2944a563-6f27-4604-9c16-a9a53cd95cc7";

    private static TestLedger ledger;

    @BeforeAll
    static void a_ledger_with_a_past() {
        ledger = new TestLedger(TestLedger.channel("ops"));
        LivedIn.live(ledger, 1, 30);
        sees("MIGRATING", "SUCCESS", "FAILED");
        LivedIn.daysGoBy(ledger.database(), 8);
        LivedIn.live(ledger, 2, 30);
        sees("MIGRATING", "FAILED");
        ledger.isRefused(ledger.claims("ops", 1).get(0), "HTTP 410");
        ledger.opens("prod").with("errorCode", "http-503").ends("failed");
        TestPass pass = ledger.opens("prod")
                .with("rejected", "[{\"fingerprint\": \"f\", \"reason\": \"no task_id\", \"raw\": \"{}\"}]");
        pass.lists(task("new").status("FAILED").error("nobody has seen this before"));
        pass.ends("failed");
        ledger.database().run("insert into dcs.mute (until, why) values ('infinity', 'moving house')");
        ledger.database().run("grant dcs_reader to current_user");
    }

    private static void sees(String... statuses) {
        for (String status : statuses) {
            TestPass pass = ledger.opens("prod");
            pass.lists(task(TASK).named("orders-cache").status(status).error(status.equals("FAILED") ? "lost" : null));
            pass.ends("failed");
        }
    }

    static List<String> queries() throws IOException {
        return Stream.of("docs/sql-cookbook.md", "README.md")
                .flatMap(SqlCookbookIT::queriesIn)
                .toList();
    }

    private static Stream<String> queriesIn(String page) {
        try {
            return CodeBlocks.in(page, "sql").stream()
                    .flatMap(block -> Stream.of(block.split(";\\s*\n")))
                    .filter(query -> !query.isBlank());
        } catch (IOException e) {
            throw new AssertionError(page, e);
        }
    }

    @Test
    void there_is_a_query_for_every_view() throws IOException {
        List<String> queries = queriesIn("docs/sql-cookbook.md").toList();
        assertThat(ledger.database()
                        .rows("select table_name from information_schema.views where table_schema = 'report'"))
                .extracting(view -> "report." + view.get("table_name"))
                .allSatisfy(view -> assertThat(queries).anyMatch(query -> query.contains(view)));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void a_reader_gets_an_answer(String query) throws SQLException {
        try (Connection session = ledger.database().dataSource().getConnection();
                Statement statement = session.createStatement()) {
            statement.execute("set role dcs_reader");
            try (ResultSet rows = statement.executeQuery(query)) {
                assertThat(rows.next()).as("an answer to " + query).isTrue();
            }
        }
    }

    @AfterAll
    static void close() {
        ledger.close();
    }
}
