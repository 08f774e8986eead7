package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.standardwebhooks.Webhook;
import io.dcssync.ledger.TestDatabase;
import io.dcssync.outbound.DrippingServer;
import io.dcssync.simulator.ReceivedRequest;
import io.dcssync.simulator.ScriptedDcs;
import io.dcssync.simulator.ScriptedReceiver;
import io.dcssync.simulator.ScriptedTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How alerts reach their receivers: signed, no sooner than these want, to files, one channel beside another. */
class DeliveryIT {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

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
                .with("http.management-port", 0);
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void a_receiver_can_verify_who_sent_an_alert_and_when() {
        program.with("alert.ops.uri", ops.url() + "/hook").with("alert.ops.secret", SECRET);
        dcs.has(task("a").named("订单").failed("café"));

        Ended sync = program.run("sync");

        assertThat(sync.out()).contains("alerts sent 1, pending 0");
        ReceivedRequest delivery = ops.received().get(0);
        var headers = delivery.headers().entrySet().stream()
                .collect(Collectors.toMap(header -> header.getKey(), header -> List.of(header.getValue())));
        assertThatCode(() -> new Webhook(SECRET).verify(delivery.body(), headers))
                .doesNotThrowAnyException();
        assertThat(delivery.body()).contains("订单", "café");
        assertThat(headers.get("webhook-id")).containsExactly((String)
                database.one("select event_id::text from report.alert where state = 'delivered'"));
        assertThat(sync.says("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).isFalse();
    }

    @Test
    void a_receiver_that_says_when_to_come_back_is_left_alone_until_then_with_all_alerts_and_survived_by_sync() {
        program.with("alert.ops.uri", ops.url()).with("alert.ops.first-sync", "each");
        dcs.has(task("a").failed("x"), task("b").failed("y"));
        ops.answersNext(503, "Retry-After", "3600");

        Ended sync = program.run("sync");

        assertThat(sync.exitCode()).isZero();
        assertThat(sync.out()).contains("alerts sent 0, pending 2, dead 0");
        assertThat(sync.err()).contains("(HTTP 503)", "nothing else is sent to it for 3600 s");
        assertThat(ops.received()).hasSize(1);
        assertThat(database.one("select sum(attempts) from report.alert")).isEqualTo(1L);
    }

    @Test
    void a_pause_in_seconds_and_one_until_a_date_are_kept_by_all_alerts_of_the_channel() {
        program.with("alert.ops.uri", ops.url())
                .with("alert.ops.first-sync", "each")
                .with("alert.ops.retry-delay", "1ms");
        dcs.has(task("a").failed("x"), task("b").failed("y"));
        Instant until = Instant.now().plusSeconds(25);
        ops.answersNext(429, "Retry-After", "3")
                .answersNext(
                        503,
                        "Retry-After",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(until.atOffset(ZoneOffset.UTC)));

        Running running = program.start("run");
        soon().until(() -> ops.received().size() >= 4);

        List<Instant> at = ops.received().stream().map(ReceivedRequest::at).toList();
        assertThat(Duration.between(at.get(0), at.get(1))).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        assertThat(at.get(2)).isAfterOrEqualTo(until.minusSeconds(1));
        assertThat(running.terminate().ended(20).exitCode()).isEqualTo(143);
        assertThat(database.one("select count(*) from report.alert where state = 'delivered'"))
                .isEqualTo(2L);
        assertThat(database.one("select sum(attempts) from report.alert")).isEqualTo(4L);
    }

    @Test
    void alerts_of_one_task_keep_their_order_while_those_of_others_are_under_way_beside_them() throws Exception {
        program.with("alert.ops.uri", ops.url())
                .with("alert.ops.first-sync", "each")
                .with("alert.ops.digest-above", 0)
                .with("alert.ops.retry-delay", "1ms");
        for (String reason : List.of("1", "2", "3")) {
            dcs.set(IntStream.range(0, 24)
                    .mapToObj(i -> task("t" + i).failed(reason))
                    .toArray(ScriptedTask[]::new));
            ops.answersNext(503, "Retry-After", "3600");
            program.run("sync");
        }
        assertThat(database.one("select count(*) from report.alert where state = 'pending'"))
                .isEqualTo(72L);
        database.run("update dcs.alert set next_attempt_at = now()"); // as if time had passed
        for (int i = 0; i < 20; i++) {
            ops.saysNext(i % 3 == 0 ? 204 : 500, "");
        }
        CountDownLatch together = new CountDownLatch(4);
        AtomicBoolean alone = new AtomicBoolean(true);
        ops.before(delivery -> {
            if (!alone.getAndSet(false)) {
                together.countDown();
                waitFor(together);
            }
        });

        Running running = program.start("run");
        soon().until(() -> database.one("select count(*) from report.alert where state = 'delivered'")
                .equals(72L));

        assertThat(together.getCount()).as("several were under way at once").isZero();
        assertThat(running.terminate().ended(20).exitCode()).isEqualTo(143);
        Map<String, List<String>> byTask = new HashMap<>();
        for (ReceivedRequest delivery : ops.received()) {
            JsonNode event = new JsonMapper().readTree(delivery.body());
            byTask.computeIfAbsent(event.path("subject").asText(), task -> new ArrayList<>())
                    .add(event.at("/data/error_message").asText());
        }
        assertThat(byTask)
                .hasSize(24)
                .allSatisfy((task, reasons) -> assertThat(reasons).isSorted().contains("1", "2", "3"));
    }

    @Test
    void a_receiver_that_hangs_delays_no_other_channel() {
        try (ScriptedReceiver hanging = ScriptedReceiver.start()) {
            hanging.hangsNext(Duration.ofMinutes(2));
            program.with("alert.ops.uri", ops.url()).with("alert.hanging.uri", hanging.url());
            dcs.has(task("a").migrating());
            Running running = program.start("run");
            soon().until(() -> !dcs.requests().isEmpty());

            dcs.set(task("a").failed("x"));
            soon().until(() -> hanging.received().size() == 1 && ops.received().size() == 1);
            dcs.set(task("b").failed("y"));
            soon().until(() -> ops.received().size() == 2);

            assertThat(hanging.received())
                    .as("still waits for its first answer")
                    .hasSize(1);
            assertThat(database.one("select max(attempts) from report.alert where channel = 'hanging'"))
                    .isEqualTo(0);
            assertThat(running.terminate().ended(20).exitCode()).isEqualTo(143);
        }
    }

    @Test
    void a_mail_server_that_drips_delays_no_other_channel_and_is_tried_again() {
        try (DrippingServer dripping = DrippingServer.start()) {
            program.with("alert.ops.uri", ops.url())
                    .with(
                            "alert.mail.uri",
                            "smtp://127.0.0.1:%d?to=ops@example.com&from=a@example.com".formatted(dripping.port()));
            dcs.has(task("a").failed("x"));

            Running running = program.start("run");
            soon().until(() -> dripping.accepted() == 1 && ops.received().size() == 1);
            soon().until(() -> dripping.accepted() > 1);

            assertThat(database.one(
                            "select max(last_error) from report.alert where channel = 'mail' and state = 'pending'"))
                    .isEqualTo("no answer from the receiver in time");
            assertThat(running.terminate().ended(20).exitCode()).isEqualTo(143);
        }
    }

    @Test
    void a_file_has_a_line_for_each_alert_and_a_relative_path_begins_where_the_program_was_started() throws Exception {
        program.with("alert.lines.uri", "file:out?fileName=alerts.jsonl&fileExist=Append")
                .with("alert.people.uri", "file:out?fileName=alerts.txt&fileExist=Append")
                .with("alert.people.format", "text");
        dcs.has(task("a").migrating(), task("b").migrating());
        program.run("sync");
        dcs.set(task("a").named("orders").failed("line\nbreak"), task("b").failed("y"));

        Ended sync = program.run("sync");

        assertThat(sync.out()).as(sync.err()).contains("alerts sent 4, pending 0, dead 0");
        List<String> lines = Files.readAllLines(folder.resolve("out/alerts.jsonl"));
        assertThat(lines).hasSize(2);
        for (String line : lines) {
            assertThat(new JsonMapper().readTree(line).at("/type").asText()).isEqualTo("dcs.migration-task.failed.v1");
        }
        assertThat(Files.readAllLines(folder.resolve("out/alerts.txt")))
                .hasSize(2)
                .anyMatch(line -> line.startsWith("FAILED orders (a) in prod: MIGRATING → FAILED between ")
                        && line.endsWith("Z: line break"));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            boolean unused = latch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
    }
}
