package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ReceivedRequest;
import io.dcssync.simulator.ScriptedDcs;
import io.dcssync.simulator.ScriptedReceiver;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureAlertsIT {

    private final JsonMapper json = new JsonMapper();

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final ScriptedDcs dcs = ScriptedDcs.start();

    @AutoClose
    private final ScriptedReceiver ops = ScriptedReceiver.start();

    private InstalledProgram program;

    @BeforeEach
    void install() {
        program =
                InstalledProgram.in(folder).on(database).reads("prod", dcs).with("alert.ops.uri", ops.url() + "/hook");
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void each_new_failure_is_one_row_and_one_message_a_channel() throws Exception {
        try (ScriptedReceiver pager = ScriptedReceiver.start()) {
            program.with("alert.pager.uri", pager.url() + "/a?b=c");
            dcs.has(task("a").migrating(), task("b").migrating(), task("c").migrating());
            assertThat(program.run("sync").exitCode()).isZero();

            dcs.set(
                    task("a").named("orders").failed("timeout after 30 s"),
                    task("b").failed("no space left"));
            Ended failing = program.run("sync");

            assertThat(failing.exitCode()).as(failing.err()).isZero();
            assertThat(failing.out()).contains("changed 2", "transitions 2; alerts sent 4, pending 0, dead 0");
            assertThat(ops.received()).hasSize(2);
            assertThat(pager.received()).hasSize(2);
            assertThat(ids(pager)).containsExactlyInAnyOrderElementsOf(ids(ops));
            shows_all_that_the_contract_names(ofTask("a"));
            assertThat(pager.received().get(0).method()).isEqualTo("POST");
            assertThat(pager.received().get(0).query()).isEqualTo("b=c");

            dcs.set(task("a").named("orders").failed("another reason"));
            assertThat(program.run("sync").out()).contains("transitions 1; alerts sent 2");
            JsonNode again = json.readTree(ops.received().get(2).body()).get("data");
            assertThat(again.get("from_status").asText()).isEqualTo("FAILED");
            assertThat(again.get("to_status").asText()).isEqualTo("FAILED");
            assertThat(again.get("error_message").asText()).isEqualTo("another reason");
            assertThat(again.get("failure_count").asInt()).isEqualTo(2);

            dcs.set(task("a").named("orders").failed("another reason").status("ERROR"));
            assertThat(program.run("sync").out()).contains("transitions 1; alerts sent 0");
            assertThat(ops.received()).hasSize(3);
            assertThat(new HashSet<>(ids(ops))).hasSize(3);
            assertThat(database.rows("select seq || ' ' || coalesce(from_status, '-') || ' ' || to_status as t"
                            + " from report.task_transition where task_id = 'a' order by seq"))
                    .extracting(row -> row.get("t"))
                    .containsExactly("1 - MIGRATING", "2 MIGRATING FAILED", "3 FAILED FAILED", "4 FAILED ERROR");
        }
    }

    private void shows_all_that_the_contract_names(ReceivedRequest delivery) throws Exception {
        JsonNode event = json.readTree(delivery.body());
        Map<String, Object> row = database.rows(
                        "select a.event_id::text, dcs.rfc3339(t.observed_at) as at, dcs.rfc3339(t.observed_after) as after"
                                + " from report.alert a join report.task_transition t using (transition_id)"
                                + " where a.channel = 'ops' and a.task_id = 'a' and a.state = 'delivered'")
                .get(0);
        JsonNode expected =
                json.readTree("""
                {"specversion": "1.0", "id": "%1$s", "source": "/dcs-sync/prod/%2$s",
                 "type": "dcs.migration-task.failed.v1", "subject": "a", "time": "%3$s",
                 "datacontenttype": "application/json",
                 "data": {"kind": "failed", "source": "prod", "project_id": "%2$s", "task_id": "a", "task_name": "orders",
                          "from_status": "MIGRATING", "to_status": "FAILED",
                          "observed_after": "%4$s", "observed_at": "%3$s",
                          "error_message": "timeout after 30 s", "failure_count": 1}}
                """.formatted(row.get("event_id"), ScriptedDcs.PROJECT, row.get("at"), row.get("after")));
        JsonNode task = ((ObjectNode) event.get("data")).remove("task");
        assertThat(event).isEqualTo(expected);
        assertThat(task.at("/task_id").asText()).isEqualTo("a");
        assertThat(task.at("/status").asText()).isEqualTo("FAILED");
        assertThat(task.at("/data_source").asText()).isEqualTo("192.168.0.200:6379");
        assertThat(delivery.headers())
                .containsEntry("content-type", "application/cloudevents+json")
                .containsEntry("webhook-id", (String) row.get("event_id"));
        assertThat(delivery.headers().keySet())
                .as("nothing else travels along")
                .isSubsetOf(
                        "content-type",
                        "webhook-id",
                        "webhook-timestamp",
                        "host",
                        "user-agent",
                        "content-length",
                        "connection",
                        "accept-encoding");
    }

    @Test
    void tasks_first_seen_failed_are_one_digest_or_each_or_none_as_the_channel_wants() throws Exception {
        try (ScriptedReceiver each = ScriptedReceiver.start();
                ScriptedReceiver none = ScriptedReceiver.start()) {
            program.with("alert.each.uri", each.url())
                    .with("alert.each.first-sync", "each")
                    .with("alert.none.uri", none.url())
                    .with("alert.none.first-sync", "none");
            dcs.has(task("a").failed("x"), task("b").migrating(), task("c").failed("y".repeat(5000)));

            Ended first = program.run("sync");

            assertThat(first.exitCode()).as(first.err()).isZero();
            assertThat(first.out()).contains("alerts sent 3, pending 0, dead 0");
            assertThat(each.received()).hasSize(2);
            assertThat(none.received()).isEmpty();
            JsonNode digest = json.readTree(ops.received().get(0).body());
            assertThat(ops.received()).hasSize(1);
            assertThat(digest.at("/type").asText()).isEqualTo("dcs.migration-task.digest.v1");
            assertThat(digest.at("/data/count").asInt()).isEqualTo(2);
            assertThat(digest.at("/data/truncated").asBoolean()).isFalse();
            assertThat(digest.at("/data/tasks").findValuesAsText("task_id")).contains("a", "c");
            assertThat(digest.at("/data/tasks/1/error_message").asText()).hasSize(4096);
            assertThat(database.rows(
                            "select channel || ' ' || kind || ' ' || state || ' ' || coalesce(reason, '-') as a"
                                    + " from report.alert order by 1"))
                    .extracting(row -> row.get("a"))
                    .containsExactly(
                            "each failed delivered -",
                            "each failed delivered -",
                            "none failed suppressed first-sync",
                            "none failed suppressed first-sync",
                            "ops digest delivered -",
                            "ops failed suppressed digest",
                            "ops failed suppressed digest");

            dcs.set(task("d").failed("first seen failed, and no longer the first pass"));
            assertThat(program.run("sync").out()).contains("alerts sent 3, pending 0, dead 0");
            assertThat(none.received()).hasSize(1);
        }
    }

    private ReceivedRequest ofTask(String id) {
        return ops.received().stream()
                .filter(delivery -> delivery.body().contains("\"subject\":\"" + id + "\""))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> ids(ScriptedReceiver receiver) {
        return receiver.received().stream()
                .map(delivery -> delivery.headers().get("webhook-id"))
                .toList();
    }
}
