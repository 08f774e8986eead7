package io.dcssync.simulator;

import static io.dcssync.simulator.ScriptedTask.raw;
import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptedDcsIT {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScriptedDcs dcs = ScriptedDcs.start();

    @AfterEach
    void close() {
        dcs.close();
    }

    @Test
    void the_list_is_what_was_said_last() throws Exception {
        dcs.has(task("a").migrating(), task("b").failed("timeout"));
        assertThat(statuses("")).isEqualTo("a=MIGRATING b=FAILED ");

        dcs.set(task("a").failed("x"), task("c").succeeded()).remove("b");
        assertThat(statuses("")).isEqualTo("c=SUCCESS a=FAILED ");
    }

    @Test
    void what_comes_then_is_seen_from_the_next_beginning_on() throws Exception {
        dcs.has(task("a").migrating(), task("b").migrating())
                .then(task("a").failed("x"))
                .then(task("a").migrating());

        assertThat(statuses("?limit=1")).isEqualTo("a=MIGRATING ");
        assertThat(statuses("?offset=1")).isEqualTo("b=MIGRATING ");
        assertThat(statuses("")).isEqualTo("a=FAILED b=MIGRATING ");
        assertThat(statuses("")).isEqualTo("a=MIGRATING b=MIGRATING ");
    }

    @Test
    void misfortunes_come_in_order_and_end() throws Exception {
        dcs.has(task("a"))
                .failsNext(2, 503)
                .failsNext(1, 429, Map.of("Retry-After", "7"))
                .answersNext(200, "text/html", "<html>");

        assertThat(get("").statusCode()).isEqualTo(503);
        assertThat(get("").body()).contains("error_code");
        assertThat(get("").headers().firstValue("retry-after")).contains("7");
        assertThat(get("").body()).isEqualTo("<html>");
        assertThat(statuses("")).isEqualTo("a=MIGRATING ");
    }

    @Test
    void an_answer_for_always_lasts_until_it_is_taken_back() throws Exception {
        dcs.answersAlways(200, "application/json", "{\"cou".getBytes(StandardCharsets.UTF_8));
        assertThat(get("").body()).isEqualTo("{\"cou");
        assertThat(get("").body()).isEqualTo("{\"cou");

        dcs.answersNormally();
        assertThat(list("").path("count").asInt()).isZero();
    }

    @Test
    void connections_are_reset_cut_off_and_left_hanging() throws Exception {
        // more than one: the JDK's client tries a GET again by itself when the connection was lost before the answer
        dcs.has(task("a")).resetsNext(20);
        assertThatThrownBy(() -> get("")).isInstanceOf(IOException.class);
        dcs.answersNormally().cutsOffNext(1);
        assertThatThrownBy(() -> get("")).isInstanceOf(IOException.class);
        dcs.hangsNext(Duration.ofSeconds(30));
        assertThatThrownBy(() -> get("")).isInstanceOf(HttpTimeoutException.class);
        dcs.hangsNext(Duration.ofMillis(50));
        assertThat(statuses("")).isEqualTo("a=MIGRATING ");
    }

    @Test
    void a_dripping_answer_is_whole_but_slow() throws Exception {
        dcs.has().dripsNext(Duration.ofMillis(10));

        long start = System.nanoTime();
        assertThat(get("").body()).isEqualTo("{\"count\":0,\"migration_tasks\":[]}");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(250));
    }

    @Test
    void pages_can_be_capped_counts_wrong_and_offset_and_name_ignored() throws Exception {
        dcs.has(task("a"), task("b"), task("c")).cap(2).countIs(99);
        assertThat(list("?limit=1000").path("migration_tasks")).hasSize(2);
        assertThat(list("").path("count").asInt()).isEqualTo(99);

        dcs.answersNormally().ignoresOffset().ignoresName().countsOnlyThePage();
        assertThat(statuses("?offset=2&limit=2&name=x")).isEqualTo("a=MIGRATING b=MIGRATING ");
        assertThat(list("?limit=2").path("count").asInt()).isEqualTo(2);
    }

    @Test
    void the_list_moves_between_two_requests() throws Exception {
        dcs.has(task("a"), task("b")).between((request, list) -> {
            if (request == 2) {
                list.add(0, task("new"));
                list.removeIf(task -> task.id().equals("b"));
            }
        });

        assertThat(statuses("")).isEqualTo("a=MIGRATING b=MIGRATING ");
        assertThat(statuses("")).isEqualTo("new=MIGRATING a=MIGRATING ");
    }

    @Test
    void entries_that_are_no_tasks_stand_in_the_list_as_they_are() throws Exception {
        dcs.has(task("a").without("version").with("bandwidth", 5), raw("null"))
                .rawEntry("42")
                .rawEntry("{\"status\":7}");

        JsonNode tasks = list("").path("migration_tasks");
        assertThat(tasks.get(0).has("version")).isFalse();
        assertThat(tasks.get(0).path("bandwidth").asInt()).isEqualTo(5);
        assertThat(tasks.get(1).isNull()).isTrue();
        assertThat(tasks.get(2).asInt()).isEqualTo(42);
        assertThat(tasks.get(3).path("status").asInt()).isEqualTo(7);
    }

    @Test
    void bad_requests_are_refused_as_the_simulator_does() throws Exception {
        assertThat(get("?limit=0").statusCode()).isEqualTo(400);
        HttpRequest elsewhere = HttpRequest.newBuilder(URI.create(dcs.url() + "/v2/other/migration-tasks"))
                .build();
        assertThat(client.send(elsewhere, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    }

    @Test
    void the_requests_are_told_as_they_came() throws Exception {
        dcs.failsNext(1, 500);
        get("?offset=20&name=a%20b");
        get("");

        assertThat(dcs.requests()).hasSize(2);
        ReceivedRequest first = dcs.requests().get(0);
        assertThat(first.number()).isEqualTo(1);
        assertThat(first.method()).isEqualTo("GET");
        assertThat(first.path()).isEqualTo("/v2/" + ScriptedDcs.PROJECT + "/migration-tasks");
        assertThat(first.query()).isEqualTo("offset=20&name=a%20b");
        assertThat(first.parameter("name")).isEqualTo("a%20b");
        assertThat(first.headers()).containsEntry("x-auth-token", "t");
        assertThat(first.at()).isBeforeOrEqualTo(dcs.requests().get(1).at());
    }

    @Test
    void a_request_that_is_cut_off_is_none() throws IOException {
        try (Socket client =
                new Socket(InetAddress.getLoopbackAddress(), dcs.url().getPort())) {
            client.getOutputStream()
                    .write("POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf".getBytes(StandardCharsets.UTF_8));
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).as("end of stream").isEqualTo(-1);
        }
        assertThat(dcs.requests()).isEmpty();
    }

    private String statuses(String query) throws IOException, InterruptedException {
        StringBuilder statuses = new StringBuilder();
        list(query).path("migration_tasks").forEach(task -> statuses.append(
                        task.path("task_id").asText())
                .append('=')
                .append(task.path("status").asText())
                .append(' '));
        return statuses.toString();
    }

    private JsonNode list(String query) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(query);
        assertThat(answer.statusCode()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private HttpResponse<String> get(String query) throws IOException, InterruptedException {
        URI uri = URI.create(dcs.url() + "/v2/" + ScriptedDcs.PROJECT + "/migration-tasks" + query);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(2))
                .header("X-Auth-Token", "t")
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
