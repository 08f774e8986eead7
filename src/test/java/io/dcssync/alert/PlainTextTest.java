package io.dcssync.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

    private final JsonMapper json = new JsonMapper();
    private final PlainText format = new PlainText();
    private final ObjectNode data = json.createObjectNode()
            .put("kind", "failed")
            .put("source", "prod")
            .put("task_id", "2944a563")
            .put("task_name", "orders-redis")
            .put("from_status", "MIGRATING")
            .put("to_status", "FAILED")
            .put("observed_after", "2026-11-24T10:00:05.123456Z")
            .put("observed_at", "2026-11-24T10:05:03Z")
            .put("error_message", "connection refused")
            .put("failure_count", 2);

    @Test
    void a_failure_says_which_task_what_when_and_why() throws Exception {
        assertThat(line("failed"))
                .isEqualTo(
                        "FAILED orders-redis (2944a563) in prod: MIGRATING → FAILED between 2026-11-24 10:00:05Z and "
                                + "10:05:03Z: connection refused (failed 2 times)");
    }

    @Test
    void what_is_not_known_is_left_out() throws Exception {
        data.putNull("from_status")
                .putNull("observed_after")
                .putNull("error_message")
                .put("failure_count", 1);
        data.putNull("task_name");

        assertThat(line("failed")).isEqualTo("FAILED 2944a563 in prod: first seen as FAILED at 2026-11-24 10:05:03Z");
    }

    @Test
    void a_change_over_midnight_has_both_dates() throws Exception {
        data.put("observed_after", "2026-11-23T23:59:58Z");

        assertThat(line("failed")).contains("between 2026-11-23 23:59:58Z and 2026-11-24 10:05:03Z");
    }

    @Test
    void a_recovery_says_how_often_the_task_had_failed() throws Exception {
        data.put("from_status", "FAILED").put("to_status", "SUCCESS").putNull("error_message");

        assertThat(line("recovered"))
                .isEqualTo(
                        "RECOVERED orders-redis (2944a563) in prod: FAILED → SUCCESS between 2026-11-24 10:00:05Z and "
                                + "10:05:03Z (failed 2 times)");
    }

    @Test
    void a_missing_task_is_told_with_its_last_status() throws Exception {
        data.put("to_status", "MIGRATING");

        assertThat(line("missing"))
                .isEqualTo(
                        "MISSING orders-redis (2944a563) in prod: no longer listed, gone between 2026-11-24 10:00:05Z "
                                + "and 10:05:03Z; its last status was MIGRATING");
    }

    @Test
    void a_stuck_task_is_told_with_its_status_and_since_when() throws Exception {
        data.put("to_status", "MIGRATING").put("observed_after", "2026-11-20T10:00:00Z");

        assertThat(line("stuck"))
                .isEqualTo("STUCK orders-redis (2944a563) in prod: MIGRATING, and nothing has changed between "
                        + "2026-11-20 10:00:00Z and 2026-11-24 10:05:03Z");
    }

    @Test
    void an_unknown_status_says_what_to_do_about_it() throws Exception {
        data.put("to_status", "PAUSED");

        assertThat(line("unknown-status"))
                .isEqualTo("UNKNOWN STATUS orders-redis (2944a563) in prod: the status PAUSED is not known here, first "
                        + "seen between 2026-11-24 10:00:05Z and 10:05:03Z; give it a class in dcs.status_class");
    }

    @Test
    void a_failing_sync_says_since_when_and_why() throws Exception {
        ObjectNode sync = json.createObjectNode()
                .put("source", "prod")
                .put("failures", 3)
                .put("failing_since", "2026-11-24T10:00:00Z")
                .put("outcome", "failed")
                .put("error_message", "HTTP 401: who are you?");

        assertThat(format.event(alert("sync-failing", sync.toString())))
                .isEqualTo("SYNC FAILING prod: 3 passes in a row were not whole, since 2026-11-24 10:00:00Z: "
                        + "HTTP 401: who are you?; none was yet");
        sync.put("last_complete_at", "2026-11-24T09:55:00Z");
        assertThat(format.event(alert("sync-failing", sync.toString())))
                .endsWith("who are you?; the last whole one ended at 2026-11-24 09:55:00Z");
    }

    @Test
    void a_digest_counts_the_kinds_and_names_the_first() throws Exception {
        assertThat(digest(3, "failed", "failed", "missing"))
                .isEqualTo("3 tasks in prod, digest: 2 failed, 1 missing: task-0, task-1, task-2");
        assertThat(digest(7, "failed", "failed", "failed", "failed", "failed", "unknown-status", "failed"))
                .isEqualTo(
                        "7 tasks in prod, digest: 6 failed, 1 unknown status: task-0, task-1, task-2, task-3, task-4 "
                                + "and 2 more");
    }

    @Test
    void a_digest_that_carries_not_all_of_its_tasks_says_so() throws Exception {
        assertThat(digest(250, "failed", "missing"))
                .isEqualTo(
                        "250 tasks in prod, digest: of the first 2, 1 failed, 1 missing: task-0, task-1 and 248 more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "\r\n",
                "\u0000",
                "\u001b[31m",
                "\u0085",
                "\u2028",
                "\u202e",
                "\u061c",
                "\u200b",
                "\u2060",
                "\ufeff",
                "\t\t"
            })
    void nothing_in_a_text_of_the_endpoint_breaks_the_line(String odd) throws Exception {
        for (String field : new String[] {"task_id", "task_name", "from_status", "to_status", "error_message"}) {
            data.put(field, "a" + odd + "b");
        }
        for (String kind : new String[] {"failed", "missing", "stuck", "unknown-status"}) {
            assertThat(line(kind)).doesNotContain(odd).contains("a ").doesNotContainPattern("[\\p{Cc}\\p{Cf}\\u2028]");
        }
    }

    @Test
    void long_texts_are_cut_short_at_a_characters_border() throws Exception {
        data.put("task_name", "n".repeat(5000)).put("error_message", "\uD83D\uDE00".repeat(5000));

        assertThat(line("failed"))
                .contains("FAILED " + "n".repeat(100) + "… (")
                .contains(": " + "\uD83D\uDE00".repeat(500) + "… (failed");
    }

    private String line(String kind) throws Exception {
        return format.event(alert(kind, data.toString()));
    }

    private String digest(long count, String... kinds) throws Exception {
        ArrayNode tasks = json.createArrayNode();
        for (String kind : kinds) {
            tasks.addObject().put("task_name", "task-" + (tasks.size() - 1)).put("kind", kind);
        }
        Map<String, Object> alert = alert("digest", null);
        alert.put("count", count);
        alert.put("tasks", tasks.toString());
        return format.event(alert);
    }

    private static Map<String, Object> alert(String kind, String data) {
        Map<String, Object> alert = new HashMap<>();
        alert.put("kind", kind);
        alert.put("source", "prod");
        alert.put("data", data);
        return alert;
    }
}
