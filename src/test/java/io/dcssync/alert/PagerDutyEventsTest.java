package io.dcssync.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dcssync.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagerDutyEventsTest {

    private static final int LARGEST = 512_000;

    private final JsonMapper json = new JsonMapper();
    private final PagerDutyEvents format = new PagerDutyEvents(new Secret("R0ut1ngKey"));
    private final ObjectNode data = ClaimedAlert.data();

    @Test
    void a_failure_opens_an_incident_known_by_the_id_of_its_event() throws Exception {
        JsonNode event = event(ClaimedAlert.of("failed", data));

        assertThat(event.get("routing_key").textValue()).isEqualTo("R0ut1ngKey");
        assertThat(event.get("event_action").textValue()).isEqualTo("trigger");
        assertThat(event.get("dedup_key").textValue()).isEqualTo("0b0e3b4a-0000-4000-8000-000000000001");
        JsonNode payload = event.get("payload");
        assertThat(payload.get("summary").textValue())
                .isEqualTo("FAILED orders-redis (2944a563) in prod: MIGRATING → FAILED between "
                        + "2026-11-24 10:00:05Z and 10:05:03Z: connection refused (failed 2 times)");
        assertThat(payload.get("source").textValue()).isEqualTo("prod/p1");
        assertThat(payload.get("severity").textValue()).isEqualTo("error");
        assertThat(payload.get("timestamp").textValue()).isEqualTo("2026-11-24T10:05:03Z");
        assertThat(payload.get("component").textValue()).isEqualTo("orders-redis");
        assertThat(payload.get("group").textValue()).isEqualTo("prod");
        assertThat(payload.get("class").textValue()).isEqualTo("failed");
        assertThat(payload.get("custom_details")).isEqualTo(data);
    }

    @ParameterizedTest
    @CsvSource({"failed, error", "missing, warning", "stuck, warning", "unknown-status, warning"})
    void each_kind_has_its_severity(String kind, String severity) throws Exception {
        assertThat(event(ClaimedAlert.of(kind, data)).at("/payload/severity").textValue())
                .isEqualTo(severity);
    }

    @Test
    void that_a_sync_fails_is_critical_and_of_no_component() throws Exception {
        JsonNode payload = event(ClaimedAlert.of("sync-failing", ClaimedAlert.failingSync()))
                .get("payload");

        assertThat(payload.get("severity").textValue()).isEqualTo("critical");
        assertThat(payload.has("component")).isFalse();
        assertThat(payload.get("summary").textValue()).startsWith("SYNC FAILING prod: 3 passes");
        assertThat(payload.at("/custom_details/failures").intValue()).isEqualTo(3);
    }

    @Test
    void a_digest_is_one_incident() throws Exception {
        JsonNode payload = event(ClaimedAlert.digest(250, data)).get("payload");

        assertThat(payload.get("severity").textValue()).isEqualTo("error");
        assertThat(payload.get("summary").textValue()).startsWith("250 tasks in prod, digest");
        assertThat(payload.at("/custom_details/count").intValue()).isEqualTo(250);
        assertThat(payload.at("/custom_details/tasks/0/task_id").textValue()).isEqualTo("2944a563");
    }

    @Test
    void a_test_wakes_nobody() throws Exception {
        JsonNode event = event(ClaimedAlert.test());

        assertThat(event.get("event_action").textValue()).isEqualTo("trigger");
        assertThat(event.at("/payload/severity").textValue()).isEqualTo("info");
        assertThat(event.at("/payload/summary").textValue()).isEqualTo("TEST: This is a test, & nothing <else>.");
    }

    @Test
    void what_is_over_resolves_the_incident_of_the_earlier_event() throws Exception {
        Map<String, Object> alert = ClaimedAlert.of("resolved", data);
        alert.put("resolves", "1c1e3b4a-0000-4000-8000-000000000002");

        assertThat(format.event(alert))
                .isEqualTo("{\"routing_key\":\"R0ut1ngKey\",\"event_action\":\"resolve\","
                        + "\"dedup_key\":\"1c1e3b4a-0000-4000-8000-000000000002\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\uD83D\uDE00", "\u0001"})
    void an_event_stays_within_pagerdutys_limits_however_long_its_texts_are(String character) throws Exception {
        data.put("task_name", character.repeat(100_000)).put("error_message", character.repeat(10_000));
        ((ObjectNode) data.get("task")).put("extra", character.repeat(450_000));
        JsonNode[] many = IntStream.range(0, 5).mapToObj(i -> data).toArray(JsonNode[]::new);

        for (Map<String, Object> alert : List.of(ClaimedAlert.of("failed", data), ClaimedAlert.digest(5, many))) {
            JsonNode event = event(alert);
            assertThat(format.event(alert).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(LARGEST);
            assertThat(event.at("/payload/summary").textValue()).hasSizeLessThanOrEqualTo(1024);
            assertThat(event.at("/payload/custom_details").isEmpty()).isFalse();
        }
    }

    @Test
    void a_digest_that_is_too_large_carries_the_first_tasks_and_says_so() throws Exception {
        data.put("task_name", "n".repeat(30_000));
        JsonNode[] many = IntStream.range(0, 40).mapToObj(i -> data).toArray(JsonNode[]::new);

        JsonNode details = event(ClaimedAlert.digest(40, many)).at("/payload/custom_details");

        assertThat(details.get("tasks")).hasSize(10);
        assertThat(details.get("truncated").booleanValue()).isTrue();
        assertThat(details.get("count").intValue()).isEqualTo(40);
    }

    private JsonNode event(Map<String, Object> alert) throws Exception {
        return json.readTree(format.event(alert));
    }
}
