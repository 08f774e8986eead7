package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static io.dcssync.ledger.ListedTask.migrating;
import static io.dcssync.ledger.TestLedger.channel;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.ChannelSettings.FirstSync;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the ledger says of alerts that are not delivered, and of one task and its alerts. */
class LookingAtAlertsIT {

    @AutoClose
    private final TestLedger ledger = new TestLedger(channel("ops"), channel("pager", FirstSync.DIGEST, 0));

    // ---- the list ------------------------------------------------------------------------------------------------

    @Test
    void the_oldest_are_listed_first_with_the_numbers_of_all() {
        ledger.sees(failed("a", "x").named("orders"), failed("b", "x").named(null));
        ledger.database().run("update dcs.alert set state = 'dead', next_attempt_at = null where alert_id = 1");

        List<Map<String, Object>> listed = list(null, 2);
        assertThat(listed).extracting(row -> row.get("task")).containsExactly("orders", "b");
        assertThat(listed).extracting(row -> row.get("state")).containsExactly("dead", "pending");
        assertThat(listed).allSatisfy(row -> assertThat(row)
                .containsEntry("channel", "ops")
                .containsEntry("pending", 2L)
                .containsEntry("dead", 1L));
        assertThat(list("pager", 10)).singleElement().satisfies(digest -> assertThat(digest)
                .containsEntry("kind", "digest")
                .containsEntry("task", "2 tasks")
                .containsEntry("pending", 1L));
        assertThat(list("other", 10)).isEmpty();
    }

    @Test
    void what_is_held_and_what_is_being_sent_is_marked() {
        ledger.sees(failed("a", "x"));
        ledger.claims("ops");
        TestPass pass = ledger.opens("prod");
        pass.lists(failed("b", "x"));
        assertThat(list("ops", 10))
                .extracting(row -> row.get("task") + " " + row.get("held") + " " + row.get("being_sent"))
                .containsExactly("a false true", "b true false");
    }

    // ---- finding a task ------------------------------------------------------------------------------------------

    @Test
    void a_task_is_found_by_its_id_or_the_beginning_of_it_or_its_name() {
        ledger.sees(
                migrating("12345678-a").named("one"), migrating("12345678-b").named("two"), migrating("12345678"));
        assertThat(find("12345678", null)).containsExactly("12345678 of prod");
        assertThat(find("12345678-", null)).containsExactly("12345678-a of prod", "12345678-b of prod");
        assertThat(find("12345678-a", null)).containsExactly("12345678-a of prod");
        assertThat(find("two", null)).containsExactly("12345678-b of prod");
        assertThat(find("1234567", null)).isEmpty();
        assertThat(find("12345678_", null)).isEmpty();
    }

    @Test
    void a_task_of_several_sources_is_found_in_each_or_in_the_one_that_is_asked_for() {
        ledger.sees(migrating("a"));
        TestPass pass = ledger.opens("staging");
        pass.lists(migrating("a"));
        pass.ends();
        assertThat(find("a", null)).containsExactly("a of prod", "a of staging");
        assertThat(find("a", "staging")).containsExactly("a of staging");
        assertThat(find("a", "test")).isEmpty();
    }

    // ---- its life ------------------------------------------------------------------------------------------------

    @Test
    void each_change_stands_with_its_alerts_and_the_digests_with_them() {
        ledger.sees(failed("a", "x"));
        ledger.sees(migrating("a"));
        ledger.sees(failed("a", "y"), failed("b", "y"));

        assertThat(life("a"))
                .extracting(row -> row.get("seq") + " " + row.get("channel") + " " + row.get("kind") + " "
                        + row.get("state") + " " + row.get("waits_for"))
                .containsExactlyInAnyOrder(
                        "1 ops failed pending null",
                        "1 pager failed suppressed null",
                        "null pager digest pending null",
                        "2 null null null null",
                        "3 ops failed pending 1",
                        "3 pager failed pending 3");
        assertThat(life("nobody")).isEmpty();
    }

    @Test
    void an_alert_waits_no_more_when_the_earlier_one_is_delivered() {
        ledger.sees(failed("a", "x"));
        ledger.sees(failed("a", "y"));
        ledger.delivers(ledger.claims("ops").get(0));
        ledger.delivers(ledger.claims("pager").get(0));
        assertThat(life("a")).extracting(row -> row.get("waits_for")).containsOnlyNulls();
    }

    @Test
    void a_message_of_megabytes_is_told_cut() {
        ledger.sees(failed("a", "m".repeat(3_000_000)));
        assertThat((String) life("a").get(0).get("error_message")).hasSize(501).endsWith("…");
    }

    private List<Map<String, Object>> list(String channel, int limit) {
        Map<String, Object> which = new HashMap<>();
        which.put("channel", channel);
        which.put("limit", limit);
        return ledger.askForAll("list-alerts", which);
    }

    private List<String> find(String word, String source) {
        Map<String, Object> which = new HashMap<>();
        which.put("task", word);
        which.put("source", source);
        return ledger.askForAll("find-tasks", which).stream()
                .map(row -> row.get("task_id") + " of " + row.get("source"))
                .toList();
    }

    private List<Map<String, Object>> life(String task) {
        return ledger.askForAll("explain-task", Map.of("source", "prod", "task", task));
    }
}
