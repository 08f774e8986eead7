package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.migrating;
import static io.dcssync.ledger.TestLedger.channel;
import static io.dcssync.ledger.TestLedger.channelOn;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.AlertKind;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** sync.failing-after passes that fail in a row are told of, once until a pass is whole again. */
class SyncFailingAlertsIT {

    @AutoClose
    private final TestLedger ledger = new TestLedger(
            channelOn("ops", AlertKind.SYNC_FAILING), channelOn("desk", AlertKind.SYNC_FAILING), channel("pager"));

    // the configuration says: after three
    @ParameterizedTest
    @CsvSource({
        "failed failed, 0",
        "failed failed failed, 1",
        "suspect failed suspect, 1",
        "failed failed failed failed failed failed failed, 1",
        "failed failed complete failed failed, 0",
        "failed failed repaired failed failed failed, 1",
        "failed failed failed complete failed failed, 1",
        "failed failed failed complete failed failed failed failed, 2",
        "died died died, 1",
        "failed died failed, 1",
        "failed failed stopped, 0",
        "stopped stopped stopped stopped, 0",
        "failed stopped failed stopped failed, 1",
        "failed failed failed stopped failed, 1",
    })
    void what_counts(String passes, int times) {
        for (String pass : passes.split(" ", -1)) {
            ends(pass);
        }
        assertThat(ledger.toldTo("ops")).hasSize(times).allMatch("sync-failing"::equals);
        assertThat(ledger.toldTo("desk")).hasSize(times);
        assertThat(ledger.toldTo("pager")).isEmpty();
        assertThat(ledger.alerts().stream().map(alert -> alert.get("event_id")).distinct())
                .hasSize(times);
    }

    @Test
    void a_pass_that_the_brake_makes_suspect_counts() {
        ListedTask[] tasks = new ListedTask[10];
        for (int i = 0; i < tasks.length; i++) {
            tasks[i] = migrating("task-" + i);
        }
        ledger.sees(tasks);
        for (int i = 0; i < 3; i++) {
            assertThat(ledger.sees()).containsEntry("outcome", "suspect");
        }
        assertThat(ledger.toldTo("ops")).containsExactly("sync-failing");
        assertThat(TestLedger.data(ledger.claims("ops").get(0)))
                .containsEntry("outcome", "suspect")
                .containsEntry("error_code", "too-many-missing");
    }

    @Test
    void each_source_is_counted_on_its_own() {
        for (String source : new String[] {"prod", "test", "prod", "test", "prod"}) {
            ledger.opens(source).ends("failed");
        }
        assertThat(ledger.alerts())
                .hasSize(2)
                .extracting(alert -> alert.get("source"))
                .containsOnly("prod");
    }

    @Test
    void how_many_it_takes_is_a_setting_and_fewer_than_there_are_already_will_do() {
        ends("failed");
        ends("failed");
        ledger.opens("prod").with("failingAfter", 1).ends("failed");
        ledger.opens("prod").with("failingAfter", 1).ends("failed");
        assertThat(ledger.toldTo("ops")).hasSize(1);
    }

    @Test
    void it_tells_since_when_and_what_the_last_pass_met() {
        Map<String, Object> whole = ledger.sees();
        Map<String, Object> first = ends("failed");
        ends("stopped");
        ends("failed");
        TestPass last = ledger.opens("prod").with("errorCode", "http-503").with("errorMessage", "no answer");
        last.ends("failed");

        Map<String, Object> alert = ledger.claims("ops").get(0);

        assertThat(alert).containsEntry("kind", "sync-failing").containsEntry("task_id", null);
        assertThat(TestLedger.data(alert))
                .containsExactly(
                        Map.entry("kind", "sync-failing"),
                        Map.entry("source", "prod"),
                        Map.entry("project_id", "project-1"),
                        Map.entry("failures", 3),
                        Map.entry("failing_since", time("started_at", first)),
                        Map.entry("outcome", "failed"),
                        Map.entry("error_code", "http-503"),
                        Map.entry("error_message", "no answer"),
                        Map.entry("last_complete_at", time("finished_at", whole)),
                        Map.entry("run_id", (int) last.run()));
        assertThat(alert).containsEntry("time", time("finished_at", ledger.run(last.run())));
    }

    @Test
    void without_a_whole_pass_before_there_is_no_time_of_one() {
        ends("failed");
        ends("failed");
        ends("died");
        assertThat(TestLedger.data(ledger.claims("ops").get(0)))
                .containsEntry("last_complete_at", null)
                .containsEntry("outcome", "abandoned")
                .containsEntry("error_code", "taken-over");
    }

    @Test
    void it_counts_as_the_report_does() {
        for (String pass : "failed complete failed stopped suspect died".split(" ", -1)) {
            ends(pass);
        }
        assertThat(TestLedger.data(ledger.claims("ops").get(0)).get("failures"))
                .hasToString(ledger.database()
                        .one("select failures_in_a_row from report.freshness")
                        .toString());
    }

    private Map<String, Object> ends(String how) {
        TestPass pass = ledger.opens("prod");
        switch (how) {
            case "died" -> {
                pass.dies();
                return pass.isTakenOver();
            }
            case "stopped" -> {
                return pass.with("errorCode", "stopped").ends("abandoned");
            }
            default -> {
                return pass.ends(how);
            }
        }
    }

    private Object time(String column, Map<String, Object> run) {
        return ledger.database()
                .one("select dcs.rfc3339(" + column + ") from report.sync_run where run_id = ?", run.get("run_id"));
    }
}
