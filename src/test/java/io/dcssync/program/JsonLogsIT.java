package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import io.dcssync.simulator.ScriptedReceiver;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a log line is about, where logs are JSON: fields of their own, for who searches many of them. */
class JsonLogsIT {

    private static final List<String> ABOUT = List.of("source", "run", "task", "channel", "alert", "kind");

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
                .with("source.prod.schedule", "* * * * * ?")
                .with("source.prod.max-attempts", 2)
                .with("sync.retry-delay", "1ms")
                .with("alert.ops.uri", ops.url() + "/hook")
                .with("alert.ops.first-sync", "each")
                .with("http.port", 0)
                .with("http.management-port", 0);
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void lines_of_passes_and_alerts_say_which_and_others_do_not() {
        dcs.has(task("a").failed("x"));
        ops.answersAlways(503, "not now");
        Running run = program.start("run", "--log-format", "json");
        await().until(() -> line(run, "not delivered (").isPresent());
        dcs.answersAlways(500, "text/plain", "no".getBytes(StandardCharsets.UTF_8));
        await().until(() -> line(run, "prod: failed in").isPresent());

        Map<String, Object> alert =
                database.rows("select alert_id from report.alert").get(0);
        Object found = database.one("select run_id from report.task_transition");
        assertThat(about(line(run, "not delivered (")))
                .isEqualTo(Map.of(
                        "source", "prod",
                        "run", found.toString(),
                        "task", "a",
                        "channel", "ops",
                        "alert", alert.get("alert_id").toString(),
                        "kind", "failed"));
        Object failed = database.one("select min(run_id) from report.sync_run where outcome = 'failed'");
        Map<String, String> pass = Map.of("source", "prod", "run", failed.toString());
        assertThat(about(line(run, "attempt 1 of 2"))).isEqualTo(pass);
        assertThat(about(line(run, "the pass ends here"))).isEqualTo(pass);
        assertThat(about(line(run, "prod: failed in"))).isEqualTo(pass);
        assertThat(about(line(run, "prod: complete in"))).containsOnlyKeys("source", "run");
        assertThat(about(line(run, "running: sources 1"))).isEmpty();
    }

    private static Map<String, String> about(Optional<JsonNode> line) {
        return ABOUT.stream().filter(line.orElseThrow()::has).collect(Collectors.toMap(name -> name, name -> line.get()
                .get(name)
                .asText()));
    }

    /** The first line whose message says so. */
    private static Optional<JsonNode> line(Running run, String text) {
        // the last one may not be written to its end yet
        String written = run.err();
        return written.substring(0, written.lastIndexOf('\n') + 1)
                .lines()
                .map(JsonLogsIT::json)
                .filter(line -> line.get("formattedMessage").asText().contains(text))
                .findFirst();
    }

    private static JsonNode json(String line) {
        try {
            return new JsonMapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
