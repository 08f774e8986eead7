package io.dcssync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.dcssync.alert.Channel;
import io.dcssync.alert.Round;
import io.dcssync.config.GivenSettings;
import io.dcssync.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAndLogChannelsTest extends RouteTest {

    @TempDir
    private static Path folder;

    private final Settings settings = GivenSettings.of(
            "alert.lines.uri = file:" + folder + "/hunter2/lines?fileName=alerts.jsonl&fileExist=Append",
            "alert.text.uri = file:" + folder + "/hunter2/text?fileName=alerts.txt&fileExist=Append",
            "alert.text.format = text",
            "alert.own.uri = file:" + folder + "/hunter2/own?fileName=a&fileExist=Append&appendChars=%3B",
            "alert.each.uri = file:" + folder + "/hunter2/each",
            "alert.full.uri = file:/dev?fileName=full&fileExist=Append",
            "alert.plain-log.uri = log:alerts",
            "alert.level-log.uri = log:alerts?level=WARN",
            "alert.own-log.uri = log:alerts?showBodyType=false");

    @Override
    List<String> files() {
        return List.of("publish-alerts", "send-alert");
    }

    @Override
    Settings settings() {
        return settings;
    }

    @BeforeEach
    void an_empty_folder_and_a_ledger_that_takes_what_it_is_told() {
        delete(folder.resolve("hunter2"));
        ledger("record-deliveries", RouteTest::recorded);
        ledger("record-failed-attempt", facts -> Map.of("attempts", 1, "again_at", "12:00:01Z"));
    }

    @Test
    void a_file_that_is_appended_to_has_a_line_for_each_event() throws IOException {
        publish("lines", "one", "订单 two");
        publish("lines", "three");

        assertThat(Files.readAllLines(folder.resolve("hunter2/lines/alerts.jsonl")))
                .hasSize(3)
                .allMatch(line -> line.startsWith("{\"specversion\"") && line.endsWith("}"))
                .anyMatch(line -> line.contains("订单 two"));
    }

    @Test
    void text_is_a_line_for_people() throws IOException {
        publish("text", "orders", "two\nlines");

        assertThat(Files.readAllLines(folder.resolve("hunter2/text/alerts.txt")))
                .containsExactly(
                        "FAILED orders (t) in prod: first seen as FAILED at 2026-11-24 12:00:00Z",
                        "FAILED two lines (t) in prod: first seen as FAILED at 2026-11-24 12:00:00Z");
    }

    @Test
    void a_separator_of_the_user_is_kept() throws IOException {
        publish("own", "one", "two");

        assertThat(Files.readString(folder.resolve("hunter2/own/a")))
                .contains("};{")
                .endsWith("};");
    }

    @Test
    void a_folder_gets_a_file_for_each_event_named_by_its_id() throws IOException {
        publish("each", "one", "two");
        publish("each", "one");

        try (var files = Files.list(folder.resolve("hunter2/each"))) {
            assertThat(files).extracting(file -> file.getFileName().toString()).containsExactlyInAnyOrder("e-0", "e-1");
        }
        assertThat(Files.readString(folder.resolve("hunter2/each/e-0")))
                .startsWith("{\"specversion\"")
                .endsWith("}");
    }

    @Test
    void a_folder_in_the_way_is_told_without_the_path() throws IOException {
        Files.createDirectories(folder.resolve("hunter2/lines/alerts.jsonl"));
        publish("lines", "one", "two");

        assertThat(errors()).containsExactly("a folder stands where the file should be");
        nothing_shows_the_path();
    }

    @Test
    void a_file_in_the_way_is_told_without_the_path() throws IOException {
        Files.createDirectories(folder.resolve("hunter2"));
        Files.writeString(folder.resolve("hunter2/each"), "");
        publish("each", "one", "two");

        assertThat(errors()).containsExactly("a file stands where a folder should be");
        nothing_shows_the_path();
    }

    @Test
    void a_full_disk_is_told() {
        assumeTrue(Files.isWritable(Path.of("/dev/full")), "a device that is always full");
        publish("full", "one", "two");

        assertThat(errors()).containsExactly("there is no space left for the file");
        assertThat(toldTo("release-claim")).as("the others are not tried").hasSize(1);
    }

    @Test
    void a_log_prints_the_event_alone_and_whole_in_one_line() {
        String longName = "n".repeat(20_000);
        publish("plain-log", longName);
        publish("level-log", "two");
        publish("own-log", "three");

        List<String> lines = log.list.stream()
                .filter(event -> event.getLoggerName().equals("alerts"))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.subList(0, 2)).allMatch(line -> line.startsWith("{\"specversion\"") && line.endsWith("}}"));
        assertThat(lines.get(0)).contains(longName);
        assertThat(lines.get(2)).startsWith("Exchange[Body: {");
        assertThat(warnings()).contains("two");
    }

    private void publish(String channel, String... names) {
        List<Map<String, Object>> due = new ArrayList<>();
        for (String name : names) {
            due.add(alert(channel, due.size(), name));
        }
        ledger("claim-alerts", facts -> {
            List<Map<String, Object>> claimed = List.copyOf(due);
            due.clear();
            return claimed;
        });
        Round round = settings.channels().stream()
                .filter(settings -> settings.name().equals(channel))
                .map(settings -> new Round(new Channel(settings)))
                .findFirst()
                .orElseThrow();
        Exchange done = send("publish-alerts", Map.of("round", round));
        assertThat(done.getException()).isNull();
    }

    private List<Object> errors() {
        return toldTo("record-failed-attempt").stream()
                .map(facts -> facts.get("error"))
                .toList();
    }

    private void nothing_shows_the_path() {
        assertThat(warnings()).contains("not delivered").doesNotContain("hunter2");
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).noneMatch(line -> line.contains("hunter2"));
        assertThat(told.toString()).doesNotContain("hunter2");
    }

    private static Map<String, Object> alert(String channel, int id, String name) {
        Map<String, Object> alert = new HashMap<>();
        alert.put("alert_id", (long) id);
        alert.put("claim", "c-" + id);
        alert.put("event_id", "e-" + id);
        alert.put("channel", channel);
        alert.put("kind", "failed");
        alert.put("source", "prod");
        alert.put("project_id", "p1");
        alert.put("task_id", "t");
        alert.put("claimed_at", "T0");
        alert.put("time", "2026-11-24T12:00:00Z");
        alert.put(
                "data",
                "{\"task_id\":\"t\",\"task_name\":\"%s\",\"to_status\":\"FAILED\",\"observed_at\":\"2026-11-24T12:00:00Z\"}"
                        .formatted(name.replace("\n", "\\n")));
        return alert;
    }

    private static void delete(Path path) {
        try {
            if (Files.isDirectory(path)) {
                try (var files = Files.list(path)) {
                    files.forEach(FileAndLogChannelsTest::delete);
                }
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
