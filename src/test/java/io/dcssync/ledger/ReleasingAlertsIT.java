package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static io.dcssync.ledger.ListedTask.migrating;
import static io.dcssync.ledger.TestLedger.channel;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dcssync.config.ChannelSettings.FirstSync;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a pass decides what becomes of each alert: sent on its own, told of in a digest, or not sent. */
class ReleasingAlertsIT {

    @AutoClose
    private final TestLedger ledger = new TestLedger(
            channel("digest", FirstSync.DIGEST, 3),
            channel("each", FirstSync.EACH, 3),
            channel("none", FirstSync.NONE, 3));

    @Test
    void nothing_is_sent_before_the_pass_has_ended() {
        TestPass pass = ledger.opens("prod");
        pass.lists(failed("a", "x"));
        assertThat(ledger.claims("each")).isEmpty();
        assertThat(ledger.alerts()).hasSize(3).allSatisfy(alert -> assertThat(alert)
                .containsEntry("state", "pending")
                .containsEntry("next_attempt_at", null));
        pass.ends();
        assertThat(ledger.claims("each")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete", "repaired", "suspect", "failed", "abandoned"})
    void however_the_pass_ends_its_alerts_are_released(String outcome) {
        ledger.sees(migrating("a"));
        TestPass pass = ledger.opens("prod");
        pass.lists(failed("a", "x"));
        pass.ends(outcome);
        assertThat(ledger.claims("each")).hasSize(1);
        assertThat(ledger.claims("none")).hasSize(1);
        assertThat(ledger.claims("digest")).hasSize(1);
    }

    // ---- tasks that are first seen failed -----------------------------------------------------------------------

    @Test
    void at_first_tasks_seen_failed_are_one_digest_or_one_alert_each_or_none_as_the_channel_wants() {
        ledger.sees(failed("a", "x"), failed("b", "x"), migrating("c"));

        assertThat(statesOf("digest")).containsExactly("suppressed digest", "suppressed digest", "pending null");
        assertThat(statesOf("each")).containsExactly("pending null", "pending null");
        assertThat(statesOf("none")).containsExactly("suppressed first-sync", "suppressed first-sync");
        assertThat(ledger.claims("digest")).singleElement().satisfies(digest -> assertThat(digest)
                .containsEntry("kind", "digest")
                .containsEntry("count", 2L));
        assertThat(ledger.claims("none")).isEmpty();
    }

    @Test
    void that_lasts_until_the_first_whole_pass_has_ended() {
        TestPass notWhole = ledger.opens("prod");
        notWhole.lists(failed("a", "x"));
        notWhole.ends("failed");
        ledger.sees(failed("a", "x"), failed("b", "x"));
        ledger.sees(failed("a", "x"), failed("b", "x"), failed("c", "x"));

        assertThat(statesOf("none")).containsExactly("suppressed first-sync", "suppressed first-sync", "pending null");
        assertThat(ledger.claims("none")).singleElement().satisfies(alert -> assertThat(alert)
                .containsEntry("task_id", "c"));
    }

    @Test
    void a_task_that_was_seen_to_fail_during_that_time_is_told_of() {
        TestPass notWhole = ledger.opens("prod");
        notWhole.lists(migrating("a"));
        notWhole.ends("failed");
        ledger.sees(failed("a", "x"));
        assertThat(ledger.claims("none")).hasSize(1);
        assertThat(ledger.claims("digest")).singleElement().satisfies(alert -> assertThat(alert)
                .containsEntry("kind", "failed"));
    }

    // ---- more than digest-above ---------------------------------------------------------------------------------

    @Test
    void as_many_as_digest_above_are_sent_one_by_one() {
        ledger.sees();
        ledger.sees(failedTasks(3));
        assertThat(statesOf("each")).containsExactly("pending null", "pending null", "pending null");
    }

    @Test
    void one_more_becomes_a_digest() {
        ledger.sees();
        ledger.sees(failedTasks(4));
        assertThat(ledger.claims("each")).singleElement().satisfies(digest -> assertThat(digest)
                .containsEntry("kind", "digest")
                .containsEntry("task_id", null)
                .containsEntry("project_id", "project-1")
                .containsEntry("count", 4L));
        assertThat(statesOf("each")).filteredOn("suppressed digest"::equals).hasSize(4);
    }

    @Test
    void the_alerts_of_one_pass_are_counted_over_all_its_pages() {
        ledger.sees();
        TestPass pass = ledger.opens("prod");
        for (ListedTask task : failedTasks(4)) {
            pass.lists(task);
        }
        pass.ends();
        assertThat(ledger.claims("each")).hasSize(1);
    }

    @Test
    void digest_above_holds_for_the_first_pass_too_where_each_is_sent() {
        ledger.sees(failedTasks(4));
        assertThat(ledger.claims("each")).singleElement().satisfies(digest -> assertThat(digest)
                .containsEntry("count", 4L));
    }

    @Test
    void zero_means_never() {
        ledger.sees();
        TestPass pass = ledger.opens("prod")
                .with(
                        "policies",
                        "[{\"channel\": \"each\", \"kinds\": [\"failed\"], \"first_sync\": \"each\", \"digest_above\": 0}]");
        pass.lists(failedTasks(30));
        pass.ends();
        assertThat(ledger.claims("each")).hasSize(30);
    }

    @Test
    void a_digest_tells_of_its_tasks_in_order_and_has_the_same_id_on_each_channel() throws Exception {
        ledger.sees();
        ledger.sees(failedTasks(4));
        Map<String, Object> digest = ledger.claims("each").get(0);

        JsonNode tasks = new ObjectMapper().readTree((String) digest.get("tasks"));
        assertThat(tasks)
                .extracting(task -> task.path("task_id").asText())
                .containsExactly("task-0", "task-1", "task-2", "task-3");
        assertThat(tasks.get(0).path("to_status").asText()).isEqualTo("FAILED");
        assertThat(tasks.get(0).path("task").path("error_message").asText()).isEqualTo("x");
        assertThat(ledger.database()
                        .one("select count(*) || ' ' || count(distinct event_id) from dcs.alert where kind = 'digest'"))
                .isEqualTo("3 1");
    }

    @Test
    void a_later_alert_of_a_task_waits_for_the_digest_that_tells_of_it() {
        ledger.sees(failed("a", "x"));
        ledger.sees(failed("a", "y"), failed("b", "x"));

        List<Map<String, Object>> first = ledger.claims("digest");
        assertThat(first).extracting(alert -> alert.get("task_id")).containsExactly(null, "b");
        ledger.delivers(first.get(0));
        assertThat(ledger.claims("digest")).singleElement().satisfies(later -> assertThat(later)
                .containsEntry("task_id", "a"));
    }

    @Test
    void an_alert_of_a_channel_that_is_not_configured_any_more_stays_pending() {
        TestPass pass = ledger.opens("prod");
        pass.lists(failedTasks(4));
        pass.with("policies", "[]").ends();
        assertThat(statesOf("none")).hasSize(4).containsOnly("pending null");
        assertThat(ledger.alerts())
                .allSatisfy(alert -> assertThat(alert.get("next_attempt_at")).isNotNull());
    }

    private List<String> statesOf(String channel) {
        return ledger.alerts().stream()
                .filter(alert -> alert.get("channel").equals(channel))
                .map(alert -> alert.get("state") + " " + alert.get("reason"))
                .toList();
    }

    private static ListedTask[] failedTasks(int count) {
        return IntStream.range(0, count).mapToObj(i -> failed("task-" + i, "x")).toArray(ListedTask[]::new);
    }
}
