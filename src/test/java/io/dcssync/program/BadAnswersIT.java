package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many endpoints, each bad in its own way from the second page on, read side by side in one run. */
class BadAnswersIT {

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    private final Map<String, ScriptedDcs> endpoints = new LinkedHashMap<>();
    private InstalledProgram program;

    @AfterEach
    void close() {
        program.close();
        endpoints.values().forEach(ScriptedDcs::close);
    }

    @Test
    void a_bad_answer_ends_its_pass_with_the_reason_and_keeps_what_came_before() {
        program = InstalledProgram.in(folder).on(database).with("sync.parallelism", 20);
        second("html", dcs -> twice(dcs, 200, "text/html", "<html><title>Sign in</title>" + "x".repeat(5000)));
        second("empty", dcs -> twice(dcs, 200, "application/json", ""));
        second("half-json", dcs -> twice(dcs, 200, "application/json", "{\"count\":5,\"migration_tasks\":[{\"task_"));
        second("other-shape", dcs -> twice(dcs, 200, "application/json", "{\"jobs\":[]}"));
        second(
                "error-in-200",
                dcs -> twice(
                        dcs,
                        200,
                        "application/json",
                        "{\"error_code\":\"DCS.5000\",\"error_msg\":\"Internal\\nservice error\"}"));
        second("not-found", dcs -> dcs.failsNext(2, 404));
        second("refused", dcs -> dcs.failsNext(2, 403));
        second("always-503", dcs -> dcs.failsNext(2, 503));
        second("reset", dcs -> dcs.resetsNext(2));
        second("cut-off", dcs -> dcs.cutsOffNext(2));
        second("hanging", dcs -> dcs.hangsNext(Duration.ofMinutes(1)).hangsNext(Duration.ofMinutes(1)));
        second("dripping", dcs -> dcs.dripsNext(Duration.ofMillis(20)).dripsNext(Duration.ofMillis(20)));
        second("soon-well", dcs -> dcs.failsNext(1, 503));
        // long enough for the first page on a busy machine
        program.with("source.hanging.request-timeout", "2s").with("source.dripping.request-timeout", "2s");

        Ended ended = program.run("sync");

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
        assertThat(ended.out().lines()).as("one line a source").hasSize(endpoints.size());
        assertThat(ended.out())
                .as("UTF-8, also where the locale knows ASCII only")
                .contains(" \u2013 check source.not-found.endpoint");
        says("html", "not-json", "5028 bytes that is not JSON", "begins: <html><title>Sign in</title>xxx");
        says("empty", "empty-answer", "empty body");
        says("half-json", "not-json", "cut off; it begins: {\"count\":5,\"migration_tasks\":[{\"task_");
        says("other-shape", "not-a-page", "no list 'migration_tasks'", "{\"jobs\":[]}");
        says("error-in-200", "DCS.5000", "HTTP 200 with an error: DCS.5000 Internal");
        says("not-found", "DCS.4001", "HTTP 404", "check source.not-found.endpoint and source.not-found.project-id");
        says("refused", "DCS.2003", "HTTP 403", "dcs:migrationTask:list");
        says("always-503", "DCS.5000", "HTTP 503", "Internal service error");
        says("reset", "cut-off", "Connection reset");
        says("cut-off", "cut-off", "Premature end");
        says("hanging", "timeout", "no whole answer within 2 s", "request-timeout");
        says("dripping", "timeout", "no whole answer within 2 s", "request-timeout");
        assertThat(run("soon-well")).containsEntry("outcome", "complete").containsEntry("retries", 1);
        assertThat(List.of(run("not-found"), run("refused"), run("other-shape")))
                .as("not asked again, as the answer would be the same")
                .allMatch(run -> run.get("requests").equals(2));
        assertThat(database.one("select count(*) from report.task where source <> 'soon-well'"))
                .as("the first page of each")
                .isEqualTo(2L * (endpoints.size() - 1));
        assertThat(database.one("select max(length(error_message)) <= 1001 from report.sync_run"))
                .isEqualTo(true);
    }

    private void says(String source, String code, String... words) {
        Map<String, Object> run = run(source);
        assertThat(run)
                .as(source)
                .containsEntry("outcome", "failed")
                .containsEntry("error_code", code)
                .containsEntry("adds_up", true)
                .containsEntry("inserted", 2);
        assertThat((String) run.get("error_message")).as(source).contains(words);
        assertThat((int) run.get("requests")).as(source).isLessThanOrEqualTo(3);
    }

    private Map<String, Object> run(String source) {
        return database.rows(
                        "select *, tasks_read = inserted + changed + unchanged + duplicates + rejected as adds_up"
                                + " from report.sync_run where source = ?",
                        source)
                .get(0);
    }

    private void second(String source, Consumer<ScriptedDcs> misfortune) {
        ScriptedDcs dcs = ScriptedDcs.start().has(task("a"), task("b"), task("c"));
        dcs.between((request, list) -> {
            if (request == 1) {
                misfortune.accept(dcs);
            }
        });
        endpoints.put(source, dcs);
        program.reads(source, dcs)
                .with("source." + source + ".page-size", 2)
                .with("source." + source + ".max-attempts", 2);
    }

    private static void twice(ScriptedDcs dcs, int status, String contentType, String body) {
        dcs.answersNext(status, contentType, body).answersNext(status, contentType, body);
    }
}
