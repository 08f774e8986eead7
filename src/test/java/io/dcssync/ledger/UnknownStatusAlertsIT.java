package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.migrating;
import static io.dcssync.ledger.ListedTask.task;
import static io.dcssync.ledger.TestLedger.channel;
import static io.dcssync.ledger.TestLedger.channelOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.AlertKind;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A status that nobody knows is told of when a source lists it for the first time. */
class UnknownStatusAlertsIT {

    @AutoClose
    private final TestLedger ledger = new TestLedger(channelOn("ops", AlertKind.UNKNOWN_STATUS), channel("pager"));

    @Test
    void it_is_told_of_once_by_the_first_of_its_tasks() {
        ledger.sees(migrating("a"), migrating("b"), migrating("c"));
        ledger.sees(task("c").status("PAUSED"), task("b").status("PAUSED"), migrating("a"));
        ledger.sees(
                task("c").status("PAUSED"),
                task("b").status("FROZEN"),
                task("a").status("PAUSED"));
        ledger.sees(task("c").status("FROZEN"), migrating("b"), migrating("a"));
        ledger.sees(task("c").status("FROZEN"), task("b").status("PAUSED"), migrating("a"));

        assertThat(ledger.toldTo("ops")).containsExactly("unknown-status b", "unknown-status b");
        assertThat(ledger.toldTo("pager")).isEmpty();
        assertThat(ledger.claims("ops", 1)).singleElement().satisfies(alert -> assertThat(TestLedger.data(alert))
                .containsEntry("kind", "unknown-status")
                .containsEntry("from_status", "MIGRATING")
                .containsEntry("to_status", "PAUSED"));
    }

    @Test
    void a_task_that_is_first_seen_with_it_counts_too_and_so_does_one_without_a_status() {
        ledger.sees(task("a").status("PAUSED"), task("b").status(null));
        assertThat(ledger.toldTo("ops")).containsExactlyInAnyOrder("unknown-status a", "unknown-status b");
    }

    @Test
    void it_is_told_of_once_for_all_pages_of_a_pass() {
        TestPass pass = ledger.opens("prod");
        pass.lists(task("b").status("PAUSED"));
        pass.lists(task("a").status("PAUSED"));
        pass.ends();
        assertThat(ledger.toldTo("ops")).containsExactly("unknown-status b");
    }

    @Test
    void each_source_has_its_own() {
        for (String source : new String[] {"prod", "test"}) {
            TestPass pass = ledger.opens(source);
            pass.lists(task("a").status("PAUSED"));
            pass.ends();
        }
        assertThat(ledger.alerts()).extracting(alert -> alert.get("source")).containsExactly("prod", "test");
    }

    @Test
    void a_channel_that_asks_later_is_told_of_later_ones_only() {
        TestPass unheard = ledger.opens("prod").with("policies", "[]");
        unheard.lists(task("a").status("PAUSED"));
        unheard.ends();
        ledger.sees(
                task("a").status("PAUSED"),
                task("b").status("PAUSED"),
                task("c").status("FROZEN"));
        assertThat(ledger.toldTo("ops")).containsExactly("unknown-status c");
    }

    @Test
    void one_of_any_length_is_told_of_once_and_keeps_no_other_task_from_being_stored() {
        // no repetition that would let it fit into an index
        String endless = new Random(1)
                .ints(10_000, 'a', 'z')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        ledger.sees(task("a").status(endless), migrating("b"));
        ledger.sees(migrating("a"), migrating("b"));
        ledger.sees(task("a").status(endless), migrating("b"));

        assertThat(ledger.toldTo("ops")).containsExactly("unknown-status a");
        assertThat(ledger.database().one("select count(*) from report.task")).isEqualTo(2L);
    }

    @Test
    void a_status_that_users_have_added_to_the_table_is_known() {
        ledger.database().run("insert into dcs.status_class values ('PAUSED', 'active')");
        ledger.sees(task("a").status("PAUSED"));
        assertThat(ledger.toldTo("ops")).isEmpty();
    }
}
