package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dcssync.DocumentedAlerts;
import io.dcssync.alert.EventSchema;
import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ReceivedRequest;
import io.dcssync.simulator.ScriptedDcs;
import io.dcssync.simulator.ScriptedReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EveryKindOfAlertIT {

    private final JsonMapper json = new JsonMapper();

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final ScriptedDcs dcs = ScriptedDcs.start();

    @AutoClose
    private final ScriptedReceiver all = ScriptedReceiver.start();

    @AutoClose
    private final ScriptedReceiver failures = ScriptedReceiver.start();

    @AutoClose
    private final ScriptedReceiver slack = ScriptedReceiver.start();

    @AutoClose
    private final ScriptedReceiver pager = ScriptedReceiver.start();

    private final ScriptedReceiver digests = ScriptedReceiver.start();

    private InstalledProgram program;

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void a_channel_is_sent_the_kinds_that_it_asks_for_and_each_event_once() throws IOException {
        program = InstalledProgram.in(folder)
                .on(database)
                .reads("prod", dcs)
                .with("sync.missing-after", 1)
                .with("sync.failing-after", 2)
                .with("alert.all.uri", all.url())
                .with("alert.all.on", "failed, recovered, missing, stuck, unknown-status, sync-failing")
                .with("alert.all.first-sync", "each")
                .with("alert.failures.uri", failures.url())
                .with("alert.failures.first-sync", "each")
                .with("alert.chat.uri", "slack:#ops?webhookUrl=" + slack.url() + "/services/T0")
                .with("alert.chat.format", "slack")
                .with("alert.chat.on", "recovered")
                .with("alert.pager.uri", pager.url() + "/v2/enqueue")
                .with("alert.pager.format", "pagerduty")
                .with("alert.pager.secret", "R0ut1ngKey")
                .with("alert.pager.on", "failed, recovered")
                .with("alert.pager.first-sync", "each")
                .with("alert.digests.uri", digests.url());

        dcs.has(
                task("healed").named("orders-cache").failed("The source Redis cannot be reached: connection timed out"),
                task("broken").named("shop-sessions").migrating(),
                task("gone").named("price-cache"),
                task("slow").named("user-profiles"));
        assertThat(program.run("sync").out()).contains("alerts sent 4, pending 0");
        assertThat(eventsOf(all)).containsExactly("dcs.migration-task.failed.v1 healed");

        database.run("update dcs.task set last_changed_at = now() - interval '25 hours' where task_id = 'slow'");
        dcs.has(
                task("new").named("search-index").status("PAUSED"),
                task("healed").named("orders-cache").succeeded(),
                task("broken").named("shop-sessions").failed("The target instance has too little memory"),
                task("slow").named("user-profiles"));
        assertThat(program.run("sync").out()).contains("missing 1", "alerts sent 10, pending 0");
        assertThat(eventsOf(all).subList(1, 6))
                .containsExactlyInAnyOrder(
                        "dcs.migration-task.failed.v1 broken",
                        "dcs.migration-task.recovered.v1 healed",
                        "dcs.migration-task.missing.v1 gone",
                        "dcs.migration-task.stuck.v1 slow",
                        "dcs.migration-task.unknown-status.v1 new");

        assertThat(program.run("sync").out()).contains("alerts sent 0, pending 0");

        dcs.failsNext(3, 403);
        for (int pass = 0; pass < 3; pass++) {
            assertThat(program.run("sync").exitCode()).isOne();
        }
        assertThat(eventsOf(all)).hasSize(7).last().isEqualTo("dcs.sync.failing.v1");
        JsonNode failing = event(all.received().get(6)).get("data");
        assertThat(failing.get("failures").intValue()).isEqualTo(2);
        assertThat(failing.get("outcome").textValue()).isEqualTo("failed");
        assertThat(failing.get("error_message").textValue()).contains("403");
        assertThat(failing.get("last_complete_at").textValue()).endsWith("Z");

        assertThat(eventsOf(failures))
                .containsExactly("dcs.migration-task.failed.v1 healed", "dcs.migration-task.failed.v1 broken");
        assertThat(slack.received()).singleElement().satisfies(message -> assertThat(message.body())
                .contains("*RECOVERED* orders-cache in prod", "\"channel\":\"#ops\""));
        List<JsonNode> incidents = pager.received().stream().map(this::event).toList();
        assertThat(incidents)
                .extracting(incident -> incident.get("event_action").textValue())
                .containsExactlyInAnyOrder("trigger", "trigger", "resolve");
        assertThat(incidents)
                .allSatisfy(incident ->
                        assertThat(incident.get("routing_key").textValue()).isEqualTo("R0ut1ngKey"));
        String healed = database.one(
                        "select event_id::text from report.alert where channel = 'pager' and kind = 'failed' and task_id = 'healed'")
                .toString();
        assertThat(incidents)
                .filteredOn(incident -> incident.get("dedup_key").textValue().equals(healed))
                .extracting(incident -> incident.get("event_action").textValue())
                .containsExactly("trigger", "resolve");

        assertThat(eventsOf(digests))
                .containsExactly("dcs.migration-task.digest.v1", "dcs.migration-task.failed.v1 broken");
        theyAreAsTheSchemaAndThePageSay();
    }

    private void theyAreAsTheSchemaAndThePageSay() throws IOException {
        Map<String, JsonNode> latest = new HashMap<>();
        for (ReceivedRequest delivery : Stream.concat(all.received().stream(), digests.received().stream())
                .toList()) {
            assertThat(EventSchema.complaints(delivery.body()))
                    .as(delivery.body())
                    .isEmpty();
            latest.put(event(delivery).get("type").textValue(), masked(event(delivery)));
        }
        assertThat(DocumentedAlerts.examples()).allSatisfy(example -> assertThat(EventSchema.complaints(example))
                .isEmpty());
        assertThat(DocumentedAlerts.examples())
                .extracting(example -> masked(json.readTree(example)))
                .containsExactlyInAnyOrderElementsOf(latest.values());
    }

    /** Ids and times are other ones each time. */
    private JsonNode masked(JsonNode event) throws JsonProcessingException {
        return json.readTree(event.toString()
                .replaceAll("\"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\"", "\"an id\"")
                .replaceAll("\"[0-9T:-]{19}\\.[0-9]{6}Z\"", "\"a time\""));
    }

    private List<String> eventsOf(ScriptedReceiver receiver) {
        return receiver.received().stream()
                .map(this::event)
                .map(event -> event.get("type").textValue()
                        + (event.has("subject") ? " " + event.get("subject").textValue() : ""))
                .toList();
    }

    private JsonNode event(ReceivedRequest delivery) {
        try {
            return json.readTree(delivery.body());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
