package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.migrating;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The counters of a pass, and the entries that could not be taken. */
class CountingEntriesIT {

    private static final String TWO_DISTINCT = """
            [{"fingerprint": "f1", "reason": "not an object", "raw": "17"},
             {"fingerprint": "f2", "reason": "no task_id", "raw": "{\\"it's\\": \\"\\\\\\\\ ? :?run\\"}"},
             {"fingerprint": "f1", "reason": "not an object", "raw": "17"}]""";

    @AutoClose
    private final TestLedger ledger = new TestLedger();

    @Test
    void what_was_read_adds_up() {
        ledger.sees(migrating("a"), migrating("b"), migrating("c"));

        TestPass pass = ledger.opens("prod").with("requests", 1).with("rejected", TWO_DISTINCT);
        pass.lists(migrating("a"), migrating("b").named("renamed"), migrating("d"));
        pass.with("requests", 4)
                .with("retries", 2)
                .with("duplicates", 2)
                .with("rejected", "[]")
                .with("reportedCount", 5L)
                .lists(migrating("c"));

        assertThat(ledger.run(pass.run()))
                .containsEntry("pages", 2)
                .containsEntry("requests", 4)
                .containsEntry("retries", 2)
                .containsEntry("inserted", 1)
                .containsEntry("changed", 1)
                .containsEntry("unchanged", 2)
                .containsEntry("duplicates", 2)
                .containsEntry("rejected", 3)
                .containsEntry("tasks_read", 9)
                .containsEntry("transitions", 1)
                .containsEntry("reported_count", 5L);
    }

    @Test
    void the_smallest_count_that_was_reported_is_kept() {
        TestPass pass = ledger.opens("prod").with("reportedCount", 7L);
        pass.lists();
        pass.with("reportedCount", 5L).lists();
        pass.with("reportedCount", null).lists();
        assertThat(pass.ends()).containsEntry("reported_count", 5L);
    }

    @Test
    void requests_that_brought_no_page_are_counted_too() {
        TestPass pass = ledger.opens("prod").with("requests", 1);
        pass.lists(migrating("a"));
        Map<String, Object> run = pass.with("requests", 6)
                .with("retries", 5)
                .with("errorCode", "http-503")
                .ends("failed");
        assertThat(run)
                .containsEntry("requests", 6)
                .containsEntry("retries", 5)
                .containsEntry("pages", 1)
                .containsEntry("outcome", "failed")
                .containsEntry("error_code", "http-503");
    }

    @Test
    void each_distinct_entry_that_cannot_be_taken_has_one_row() {
        TestPass first = ledger.opens("prod").with("rejected", TWO_DISTINCT);
        first.lists();
        first.ends();
        TestPass second = ledger.opens("prod").with("rejected", TWO_DISTINCT);
        second.lists();

        assertThat(ledger.database()
                        .rows("select run_id, reason, raw, times, first_seen_at < last_seen_at as again"
                                + " from report.rejected_task order by raw"))
                .containsExactly(
                        Map.of(
                                "run_id",
                                second.run(),
                                "reason",
                                "not an object",
                                "raw",
                                "17",
                                "times",
                                4L,
                                "again",
                                true),
                        Map.of(
                                "run_id",
                                second.run(),
                                "reason",
                                "no task_id",
                                "raw",
                                "{\"it's\": \"\\\\ ? :?run\"}",
                                "times",
                                2L,
                                "again",
                                true));
    }
}
