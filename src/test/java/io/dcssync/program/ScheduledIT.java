package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import io.dcssync.simulator.ScriptedReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code run}: passes by schedule, alerts by themselves, health and metrics. */
class ScheduledIT {

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final ScriptedDcs quick = ScriptedDcs.start();

    @AutoClose
    private final ScriptedDcs hanging = ScriptedDcs.start();

    @AutoClose
    private final ScriptedReceiver ops = ScriptedReceiver.start();

    private InstalledProgram program;

    @BeforeEach
    void install() {
        program = InstalledProgram.in(folder)
                .on(database)
                .reads("quick", quick)
                .with("source.quick.schedule", "* * * * * ?")
                .with("alert.ops.uri", ops.url() + "/hook")
                .with("http.port", 0)
                .with("http.management-port", 0);
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void sources_are_read_by_their_schedules_and_one_that_hangs_delays_no_other() {
        quick.has(task("a").migrating());
        hanging.between((request, list) -> hanging.hangsNext(Duration.ofMinutes(1)))
                .hangsNext(Duration.ofMinutes(1));
        program.reads("hanging", hanging)
                .with("source.hanging.schedule", "* * * * * ?")
                .with("source.hanging.request-timeout", "2s")
                .with("source.hanging.max-attempts", 1);

        Running running = program.start("run");
        soon().until(() -> passes("quick", "complete") >= 4 && passes("hanging", "failed") >= 2);

        assertThat(running.terminate().ended(20).exitCode()).isEqualTo(143);
        assertThat(database.one("select count(*) from report.sync_run where outcome = 'running'"))
                .isEqualTo(0L);
        assertThat(database.one("select count(*) from report.sync_run where trigger <> 'schedule'"))
                .isEqualTo(0L);
        assertThat(database.one("select string_agg(distinct error_code, ',') from report.sync_run"
                        + " where source = 'hanging' and outcome = 'failed'"))
                .isEqualTo("timeout");
        assertThat(database.one("select count(*) from report.sync_run a join report.sync_run b"
                        + " on a.source = b.source and a.run_id < b.run_id and b.started_at < a.finished_at"))
                .as("passes of one source that overlap")
                .isEqualTo(0L);
        assertThat(running.err()).contains("quick: complete in", "hanging: failed in");
    }

    @Test
    void a_failure_is_alerted_when_its_pass_has_ended_and_again_after_a_backoff() {
        quick.has(task("a").migrating());
        ops.answersAlways(503, "later");
        Running running = program.start("run");
        soon().until(() -> passes("quick", "complete") >= 1);

        quick.set(task("a").failed("boom"));
        soon().until(() -> ops.received().size() >= 2);
        ops.answersAlways(204, "");

        soon().until(() -> database.one("select count(*) from report.alert where state = 'delivered'")
                .equals(1L));
        assertThat(ops.received())
                .extracting(request -> request.headers().get("webhook-id"))
                .containsOnly((String) database.one("select event_id::text from report.alert"));
        assertThat(running.terminate().ended(20).exitCode()).isEqualTo(143);
    }

    @Test
    void health_and_metrics_are_served_and_tell_when_the_schema_is_not_there() throws Exception {
        Running running = program.start("run");
        String observe = observe(running);

        assertThat(get(observe + "/health/live").statusCode()).isEqualTo(200);
        assertThat(get(observe + "/health/ready").statusCode()).isEqualTo(200);
        assertThat(get(observe + "/metrics").body()).contains("# TYPE");

        database.run("alter schema dcs rename to elsewhere");
        HttpResponse<String> ready = get(observe + "/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("ledger", "DOWN").doesNotContain("Exception");
        assertThat(get(observe + "/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void health_tells_how_each_source_fares_and_one_that_fails_makes_nothing_unready() throws Exception {
        byte[] refusal = "{\"error_code\":\"DCS.2003\",\"error_msg\":\"no rights\"}".getBytes(StandardCharsets.UTF_8);
        hanging.answersAlways(403, "application/json", refusal);
        program.reads("broken", hanging)
                .with("source.broken.schedule", "* * * * * ?")
                .with("source.quick.schedule", "0 0 0 1 1 ?");
        Running running = program.start("run");
        soon().until(() -> passes("broken", "failed") >= 2);

        JsonNode health = new ObjectMapper()
                .readTree(get(observe(running) + "/health/ready?data=true").body());

        assertThat(health.get("status").asText()).isEqualTo("UP");
        assertThat(check(health, "ledger").get("status").asText()).isEqualTo("UP");
        assertThat(check(health, "source-broken").get("status").asText()).isEqualTo("UP");
        assertThat(check(health, "source-broken").at("/data/failures_in_a_row").asInt())
                .isPositive();
        assertThat(check(health, "source-broken").get("message").asText())
                .contains("DCS.2003", "no rights", "no complete pass");
        assertThat(check(health, "source-quick").get("message").asText()).isEqualTo("not read yet");
    }

    @Test
    void a_database_that_goes_away_is_told_once_and_once_when_it_is_back() throws Exception {
        program.reads("other", hanging)
                .with("source.other.schedule", "* * * * * ?")
                .with("alert.desk.uri", ops.url() + "/desk");
        Running running = program.start("run");
        soon().until(() -> passes("quick", "complete") >= 1 && passes("other", "complete") >= 1);

        database.goesAway();
        soon().until(() -> running.err().contains("the database gives no connection"));
        JsonNode health = new ObjectMapper()
                .readTree(get(observe(running) + "/health/ready").body());
        database.comesBack();
        soon().until(() -> running.err().contains("the database gives connections again"));
        long before = passes("quick", "complete");
        soon().until(() -> passes("quick", "complete") > before);

        assertThat(check(health, "ledger").get("status").asText()).isEqualTo("DOWN");
        assertThat(check(health, "ledger").get("message").asText()).doesNotContain("\\n");
        assertThat(running.err()).doesNotContain("Failed to validate connection");
        assertThat(check(health, "source-quick").get("status").asText()).isEqualTo("UP");
        assertThat(running.err().lines().filter(line -> line.contains("gives no connection")))
                .hasSize(1);
        assertThat(running.err().lines().filter(line -> line.contains("gives connections again")))
                .hasSize(1);
    }

    @Test
    void a_taken_port_and_a_wrong_schedule_are_errors_before_anything_starts() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended taken =
                    program.with("http.management-port", other.getLocalPort()).run("run");
            assertThat(taken.exitCode()).isEqualTo(2);
            assertThat(taken.err()).contains("127.0.0.1:" + other.getLocalPort(), "http.management-port");
        }
        Ended wrong = program.with("source.quick.schedule", "every minute").run("run");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("source.quick.schedule", "every minute", "Quartz cron");
        assertThat(quick.requests()).isEmpty();
    }

    private long passes(String source, String outcome) {
        return (long)
                database.one("select count(*) from report.sync_run where source = ? and outcome = ?", source, outcome);
    }

    private static String observe(Running running) {
        return Serving.observeOf(running);
    }

    private static JsonNode check(JsonNode health, String name) {
        return StreamSupport.stream(health.get("checks").spliterator(), false)
                .filter(check -> check.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no check " + name + " in " + health));
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    }
}
