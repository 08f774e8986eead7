package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import io.dcssync.simulator.ScriptedReceiver;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsIT {

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
        program = InstalledProgram.in(folder)
                .on(database)
                .reads("prod", dcs)
                .with("alert.ops.uri", ops.url())
                .with("alert.ops.first-sync", "each")
                .with("alert.ops.max-attempts", 2)
                .with("alert.ops.retry-delay", "1ms");
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void a_dead_alert_is_listed_and_explained_and_goes_out_when_its_receiver_is_back() {
        dcs.has(task("a").named("orders").failed("timeout"));
        ops.answersAlways(503, "busy\nreally");
        program.run("sync");
        program.run("sync");

        assertThat(result(0, "alerts", "list").lines())
                .containsExactly(
                        "ID  CHANNEL  KIND    SOURCE  TASK    STATE  TRIES  NEXT ATTEMPT  LAST ERROR",
                        "1   ops      failed  prod    orders  dead   2      -             HTTP 503: busy really",
                        "pending 0, dead 1");
        assertThat(result(0, "alerts", "explain", "a"))
                .contains("Task a (orders) of source prod", "first seen, as FAILED", "error: timeout")
                .contains("ops, alert 1: dead: given up at attempt 2, which met: HTTP 503: busy really;"
                        + " to send it again: alerts retry 1");

        assertThat(result(0, "alerts", "retry")).isEqualTo("retried 1: delivered 0, pending 1, dead 0\n");
        ops.answersAlways(204, "");
        assertThat(result(1, "alerts", "retry", "1", "2").lines())
                .containsExactly(
                        "alert 2 was not retried: no alert has this number",
                        "retried 1: delivered 1, pending 0, dead 0");
        assertThat(ops.received()).hasSize(4);
        assertThat(ops.received())
                .extracting(delivery -> delivery.headers().get("webhook-id"))
                .containsOnly((String) database.one("select event_id::text from report.alert"));

        assertThat(result(0, "alerts", "list")).isEqualTo("No alert is pending or dead.\n");
        assertThat(result(0, "alerts", "explain", "orders")).contains("ops, alert 1: delivered at ");
        assertThat(result(0, "alerts", "retry")).isEqualTo("No alert is dead; nothing was sent.\n");
    }

    @Test
    void the_alerts_of_a_channel_that_left_the_configuration_are_kept_until_they_are_dropped() {
        dcs.has(task("a").failed("x"));
        ops.answersAlways(503, "busy");
        program.run("sync");
        program.with("alert.old.uri", ops.url());
        assertThat(result(0, "alerts", "drop", "--channel", "old")).isEqualTo("old: dropped 0 (pending 0, dead 0)\n");

        program.without("alert.ops.");
        assertThat(result(0, "alerts", "list")).contains("no such channel here", "pending 1, dead 0");
        assertThat(result(0, "alerts", "retry", "1").lines())
                .containsExactly(
                        "alerts of ops stay pending: the configuration has no such channel",
                        "retried 1: delivered 0, pending 1, dead 0");
        assertThat(program.run("alerts", "drop", "--channel", "opps"))
                .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(2))
                .satisfies(refused -> assertThat(refused.err()).contains("'opps'", "known are: old, ops"));
        assertThat(result(0, "alerts", "drop", "--channel", "ops")).isEqualTo("ops: dropped 1 (pending 1, dead 0)\n");
        assertThat(result(0, "alerts", "list", "--channel", "ops")).isEqualTo("No alert is pending or dead on ops.\n");
        assertThat(result(0, "alerts", "explain", "a")).contains("ops, alert 1: given up by alerts drop");
        assertThat(ops.received()).hasSize(1);
    }

    @Test
    void a_task_that_is_not_known_or_not_meant_for_sure_is_a_failure_in_one_line() {
        dcs.has(task("12345678-a").migrating(), task("12345678-b").migrating());
        program.run("sync");

        Ended unknown = program.run("alerts", "explain", "nobody");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.out()).isEmpty();
        assertThat(unknown.err()).contains("dcs-sync: no task has this ID", "nobody");

        Ended several = program.run("alerts", "explain", "12345678");
        assertThat(several.exitCode()).isEqualTo(1);
        assertThat(several.err()).contains("give the ID of one: 12345678-a, 12345678-b");
    }

    private String result(int exitCode, String... command) {
        Ended ended = program.run(command);
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
        return ended.out();
    }
}
