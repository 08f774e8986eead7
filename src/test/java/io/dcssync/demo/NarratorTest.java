package io.dcssync.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the demo's console says. */
class NarratorTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    @AutoClose
    private final Receiver receiver = Receiver.start();

    private final StringWriter console = new StringWriter();
    private final Narrator narrator = new Narrator(receiver, new PrintWriter(console), new Paint(false), ZONE);

    NarratorTest() throws IOException {}

    @Test
    void a_first_pass_is_one_line_that_sums_up_what_is_new() {
        tell(pass(1, "10:00:00", Map.of("tasks_read", 160, "inserted", 150, "failed_at_first_sight", 20)));

        assertThat(lines())
                .containsExactly("12:00:00  demo-eu   complete    0.3 s  read 160, new 150 (20 failed already)");
    }

    @Test
    void each_change_of_status_is_a_line_and_a_failure_says_why() {
        tell(pass(1, "10:00:00", Map.of("changed", 2, "missing", 1, "changes", """
                [{"from":"MIGRATING","to":"FAILED","toClass":"failed","task":"orders","message":"no route\\nto host"},
                 {"from":"MIGRATING","to":"SUCCESS","toClass":"succeeded","task":"users","message":null}]""")));

        assertThat(lines())
                .containsExactly(
                        "12:00:00  demo-eu   complete    0.3 s  read 100, changed 2, missing 1",
                        "          MIGRATING → FAILED        orders",
                        "            no route to host",
                        "          MIGRATING → SUCCESS       users");
    }

    @Test
    void a_pass_that_was_not_whole_says_what_went_wrong() {
        tell(pass(1, "10:00:00", Map.of("outcome", "failed", "tasks_read", 0, "error_message", "connection refused")));

        assertThat(lines())
                .containsExactly("12:00:00  demo-eu   failed      0.3 s  read 0", "          connection refused");
    }

    @Test
    void requests_that_were_repeated_are_counted() {
        tell(List.of(
                pass(1, "10:00:00", Map.of("retries", 3, "error_message", "HTTP 500", "outcome", "failed")),
                pass(2, "10:00:05", Map.of("retries", 1, "changed", 2))));

        assertThat(lines())
                .containsExactly(
                        "12:00:00  demo-eu   failed      0.3 s  read 100, 3 retries",
                        "          HTTP 500",
                        "12:00:05  demo-eu   complete    0.3 s  read 100, changed 2, 1 retry");
    }

    @Test
    void passes_that_find_everything_as_it_was_are_told_of_now_and_then() {
        tell(pass(1, "10:00:00", Map.of("inserted", 100)));
        tell(List.of(pass(2, "10:00:05", Map.of()), pass(3, "10:00:10", Map.of())));
        tell(pass(4, "10:00:31", Map.of()));
        tell(pass(5, "10:00:36", Map.of("changed", 1)));

        assertThat(lines())
                .containsExactly(
                        "12:00:00  demo-eu   complete    0.3 s  read 100, new 100",
                        "12:00:31  demo-eu   complete    0.3 s  read 100, nothing changed; nothing in the 2 before",
                        "12:00:36  demo-eu   complete    0.3 s  read 100, changed 1");
    }

    @Test
    void what_was_told_is_not_asked_for_again() {
        assertThat(narrator.toAsk()).isEqualTo(Map.of("told", "{}"));
        tell(pass(7, "10:00:00", Map.of()));

        assertThat(narrator.toAsk()).isEqualTo(Map.of("told", "{\"demo-eu\":7}"));
    }

    @Test
    void an_alert_that_arrived_is_told_after_the_pass_that_it_comes_from() throws Exception {
        assertThat(deliver("""
                {"id":"b01e6ec8-0000-0000-0000-000000000000","type":"dcs.migration-task.failed.v1","subject":"t1",
                 "data":{"task_name":"orders"}}""")).isEqualTo(204);
        assertThat(deliver("""
                {"id":"323b5bdb-0000-0000-0000-000000000000","type":"dcs.migration-task.digest.v1",
                 "data":{"source":"demo-eu","count":20}}""")).isEqualTo(204);
        assertThat(deliver("hello")).isEqualTo(204);
        tell(pass(1, "10:00:00", Map.of("changed", 1)));

        assertThat(lines())
                .containsExactly(
                        "12:00:00  demo-eu   complete    0.3 s  read 100, changed 1",
                        "          ⚑ webhook got failed    orders  event b01e6ec8",
                        "          ⚑ webhook got digest    20 tasks of demo-eu  event 323b5bdb",
                        "          ⚑ webhook got something that is no event");
    }

    @Test
    void an_alert_that_arrives_while_passes_are_asked_for_waits_for_the_next_time() throws Exception {
        Map<String, Object> unused = narrator.toAsk();
        int status = deliver("{\"type\":\"dcs.migration-task.failed.v1\",\"data\":{\"task_name\":\"orders\"}}");
        narrator.tell(List.of());

        assertThat(status).isEqualTo(204);
        assertThat(lines()).isEmpty();
        tell(List.of());
        assertThat(lines()).containsExactly("          ⚑ webhook got failed    orders");
    }

    @Test
    void no_line_is_longer_than_a_hundred_columns_and_many_changes_are_cut_short() {
        String change =
                "{\"from\":\"MIGRATING\",\"to\":\"FAILED\",\"toClass\":\"failed\",\"task\":\"%s\",\"message\":\"%s\"}"
                        .formatted("t".repeat(200), "迁移任务失败".repeat(40));
        tell(pass(1, "10:00:00", Map.of("changed", 20, "changes", "[" + (change + ",").repeat(19) + change + "]")));

        assertThat(lines()).hasSize(1 + 12 * 2 + 1).last().asString().isEqualTo("          and 8 more");
        assertThat(lines()).allSatisfy(line -> assertThat(
                        line.codePoints().map(point -> point >= 0x2e80 ? 2 : 1).sum())
                .isLessThanOrEqualTo(100));
    }

    @Test
    void nothing_that_a_task_says_breaks_a_line_or_steers_the_terminal() throws Exception {
        String hostile = "a\\nb\\r\\u001b[2J\\u009b31m\\u0085c\\u2028\\u202ed";
        assertThat(deliver("{\"id\":\"%1$s\",\"type\":\"%1$s\",\"data\":{\"task_name\":\"%1$s\"}}".formatted(hostile)))
                .isEqualTo(204);
        String change =
                "{\"from\":\"%1$s\",\"to\":\"%1$s\",\"toClass\":\"failed\",\"task\":\"%1$s\",\"message\":\"%1$s\"}";
        tell(pass(
                1,
                "10:00:00",
                Map.of("changes", "[%s]".formatted(change.formatted(hostile)), "error_message", "x\u001b[1m\ny")));

        assertThat(lines())
                .hasSize(5)
                .allSatisfy(line -> assertThat(line).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]"))
                .element(2)
                .asString()
                .endsWith("a b [2J 31m c d → a b [2J 31m c d  a b [2J 31m c d");
    }

    @Test
    void a_terminal_gets_colours() {
        Narrator colourful = new Narrator(receiver, new PrintWriter(console), new Paint(true), ZONE);
        colourful.tell(List.of(pass(1, "10:00:00", Map.of("outcome", "failed"))));

        assertThat(console.toString()).contains("\u001b[31mdemo-eu   failed");
    }

    private void tell(Map<String, Object> pass) {
        tell(List.of(pass));
    }

    private void tell(List<Map<String, Object>> passes) {
        assertThat(narrator.toAsk()).containsKey("told");
        narrator.tell(passes);
    }

    private List<String> lines() {
        return console.toString().lines().toList();
    }

    private int deliver(String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(receiver.url())
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    /** A row of the statement list-ended-passes: of a quiet pass, but for what is given. */
    private static Map<String, Object> pass(long run, String at, Map<String, Object> but) {
        Map<String, Object> row = new HashMap<>();
        row.put("run_id", run);
        row.put("source", "demo-eu");
        row.put("outcome", "complete");
        row.put("finished_at", Timestamp.from(Instant.parse("2026-07-01T" + at + "Z")));
        row.put("seconds", 0.31);
        row.put("tasks_read", 100);
        row.put("inserted", 0);
        row.put("changed", 0);
        row.put("missing", 0);
        row.put("retries", 0);
        row.put("failed_at_first_sight", 0);
        row.put("error_message", null);
        row.put("changes", "[]");
        row.putAll(but);
        return row;
    }
}
