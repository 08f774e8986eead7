package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static io.dcssync.ledger.ListedTask.migrating;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Between which two times a change happened: the last answer known to show the old status, and the first with the new. */
class ObservedTimesIT {

    @AutoClose
    private final TestLedger ledger = new TestLedger();

    @Test
    void a_change_lies_after_the_start_of_the_last_whole_pass_that_listed_the_task() {
        ledger.sees(migrating("a"));
        ledger.sees(migrating("a"));
        Map<String, Object> last = ledger.sees(migrating("a"));

        ledger.sees(failed("a", "x"));

        assertThat(observedAfter()).isEqualTo(last.get("started_at"));
        assertThat(ledger.database()
                        .one("select observed_after < observed_at from report.task_transition where seq = 2"))
                .isEqualTo(true);
    }

    @Test
    void a_change_lies_after_the_request_of_the_last_write_where_that_is_later() {
        ledger.sees(migrating("a"));
        TestPass notWhole = ledger.opens("prod");
        Object firstPage = notWhole.lists().get("stored_at");
        notWhole.lists(migrating("a").named("renamed"));
        notWhole.ends("failed");

        ledger.sees(failed("a", "x"));

        assertThat(ledger.database().one("select dcs.rfc3339(observed_after) from dcs.transition where seq = 2"))
                .isEqualTo(firstPage);
    }

    @Test
    void a_pass_that_is_not_whole_does_not_count_as_one_that_listed_the_task() {
        Map<String, Object> whole = ledger.sees(migrating("a"));
        TestPass notWhole = ledger.opens("prod");
        notWhole.lists();
        notWhole.ends("suspect");

        ledger.sees(failed("a", "x"));

        assertThat(observedAfter()).isEqualTo(whole.get("started_at"));
    }

    @Test
    void a_task_that_the_last_whole_pass_lacked_changed_after_the_one_that_listed_it() {
        ledger.sees(migrating("a"));
        Map<String, Object> listed = ledger.sees(migrating("a"));
        ledger.sees();

        ledger.sees(failed("a", "x"));

        assertThat(observedAfter()).isEqualTo(listed.get("started_at"));
    }

    @Test
    void the_same_holds_where_it_was_missing_in_between() {
        Map<String, Object> listed = ledger.sees(migrating("a"));
        ledger.sees();
        ledger.sees();
        ledger.sees();

        ledger.sees(failed("a", "x"));

        assertThat(observedAfter()).isEqualTo(listed.get("started_at"));
    }

    @Test
    void a_task_that_no_whole_pass_ever_listed_changed_after_the_request_that_showed_it() {
        TestPass notWhole = ledger.opens("prod");
        Object startedAt = ledger.run(notWhole.run()).get("started_at");
        notWhole.lists(migrating("a"));
        notWhole.ends("failed");
        ledger.sees();

        ledger.sees(failed("a", "x"));

        assertThat(observedAfter()).isEqualTo(startedAt);
    }

    @Test
    void a_pass_that_looked_elsewhere_does_not_count_as_one_that_listed_the_task() {
        Map<String, Object> whole = ledger.sees(migrating("a"), migrating("b"));
        TestPass filtered = ledger.opens("prod").filteredBy("b");
        filtered.lists(migrating("b"));
        filtered.ends();

        ledger.sees(failed("a", "x"), migrating("b"));

        assertThat((Timestamp) observedAfter()).isBeforeOrEqualTo((Timestamp) whole.get("started_at"));
    }

    private Object observedAfter() {
        return ledger.transitions("a").get(1).get("observed_after");
    }
}
