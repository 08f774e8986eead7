package io.dcssync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.alert.Round;
import io.dcssync.config.GivenSettings;
import io.dcssync.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KafkaChannelTest extends RouteTest {

    @TempDir
    private static Path folder;

    private static TestBroker broker;

    /** Takes connections, and neither reads nor writes. */
    @AutoClose
    private final ServerSocket silent = listening();

    private final Settings settings = GivenSettings.of(
            "alert.ops.uri = kafka:hunter2-alerts?brokers=" + broker.address(),
            "alert.text.uri = kafka:lines?brokers=" + broker.address(),
            "alert.text.format = text",
            "alert.bad-topic.uri = kafka:no%20topic?brokers=" + broker.address(),
            "alert.silent.uri = kafka:hunter2-alerts?brokers=127.0.0.1:" + silent.getLocalPort(),
            "alert.gone.uri = kafka:hunter2-alerts?brokers=127.0.0.1:1&maxBlockMs=300",
            "alert.nowhere.uri = kafka:hunter2-alerts?brokers=hunter2.invalid:9092&maxBlockMs=300");

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.in(folder);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Override
    List<String> files() {
        return List.of("send-alert");
    }

    @Override
    Settings settings() {
        return settings;
    }

    @BeforeEach
    void a_ledger_that_takes_what_it_is_told() {
        ledger("record-deliveries", RouteTest::recorded);
        ledger("record-failed-attempt", facts -> Map.of("attempts", 1, "again_at", "12:00:01Z"));
    }

    @Test
    void a_record_has_the_task_as_its_key_and_the_event_with_its_attributes_as_headers() {
        deliver(alert("ops", "t-1", "订单"));
        deliver(alert("ops", null, "digest of nothing"));

        List<ConsumerRecord<String, String>> records = broker.records("hunter2-alerts", 2);
        assertThat(records).extracting(ConsumerRecord::key).containsExactly("t-1", "prod");
        assertThat(records.get(0).value())
                .startsWith("{\"specversion\":\"1.0\",\"id\":\"e-1\"")
                .contains("订单");
        assertThat(headers(records.get(0)))
                .isEqualTo(Map.of(
                        "content-type", "application/cloudevents+json",
                        "ce_specversion", "1.0",
                        "ce_id", "e-1",
                        "ce_source", "/dcs-sync/prod/p1",
                        "ce_type", "dcs.migration-task.failed.v1",
                        "ce_subject", "t-1",
                        "ce_time", "2026-11-24T12:00:00Z"));
        assertThat(statements()).containsExactly("record-deliveries", "record-deliveries");
    }

    @Test
    void text_is_a_line_for_people() {
        deliver(alert("text", "t-1", "orders"));

        ConsumerRecord<String, String> line = broker.records("lines", 1).get(0);
        assertThat(line.value()).startsWith("FAILED orders (t-1) in prod");
        assertThat(headers(line)).containsEntry("content-type", "text/plain; charset=utf-8");
    }

    @Test
    void what_the_broker_will_never_take_is_refused_for_good() {
        deliver(alert("ops", "t-1", "x".repeat(200_000)));
        deliver(alert("bad-topic", "t-1", "orders"));

        assertThat(errors()).containsExactly("Kafka: record too large", "Kafka: invalid topic");
        assertThat(toldTo("record-failed-attempt")).allMatch(facts -> facts.get("refusedForGood") == Boolean.TRUE);
    }

    @Test
    void brokers_that_are_gone_are_out_of_reach_in_time_and_told_in_one_calm_line() {
        long began = System.nanoTime();
        deliver(alert("gone", "t-1", "orders"));
        deliver(alert("nowhere", "t-1", "orders"));

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        assertThat(errors())
                .containsExactly(
                        "no broker could be reached, or none has the topic", "no broker's host has an address");
        assertThat(toldTo("record-failed-attempt")).allMatch(facts -> facts.get("refusedForGood") == Boolean.FALSE);
        assertThat(warnings().lines()).hasSize(2);
        assertThat(log.list.toString() + told).doesNotContain("hunter2");
    }

    @Test
    void a_broker_that_takes_the_connection_and_says_nothing_is_out_of_reach_in_time() {
        long began = System.nanoTime();
        deliver(alert("silent", "t-1", "orders"));

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Round.SEND_TIMEOUT);
        assertThat(errors()).containsExactly("no broker could be reached, or none has the topic");
        assertThat(toldTo("record-failed-attempt").get(0)).containsEntry("refusedForGood", false);
    }

    private static ServerSocket listening() {
        try {
            return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Object> errors() {
        return new ArrayList<>(toldTo("record-failed-attempt").stream()
                .map(facts -> facts.get("error"))
                .toList());
    }

    private static Map<String, String> headers(ConsumerRecord<String, String> line) {
        return StreamSupport.stream(line.headers().spliterator(), false)
                .collect(Collectors.toMap(
                        header -> header.key(), header -> new String(header.value(), StandardCharsets.UTF_8)));
    }

    private static Map<String, Object> alert(String channel, String task, String name) {
        Map<String, Object> alert = new HashMap<>();
        alert.put("channel", channel);
        alert.put("alert_id", 1L);
        alert.put("claim", "c-1");
        alert.put("event_id", "e-1");
        alert.put("kind", "failed");
        alert.put("source", "prod");
        alert.put("project_id", "p1");
        alert.put("task_id", task);
        alert.put("time", "2026-11-24T12:00:00Z");
        alert.put(
                "data",
                "{\"task_id\":\"t-1\",\"task_name\":\"%s\",\"to_status\":\"FAILED\",\"observed_at\":\"2026-11-24T12:00:00Z\"}"
                        .formatted(name));
        return alert;
    }
}
