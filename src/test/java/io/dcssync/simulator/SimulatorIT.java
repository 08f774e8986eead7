package io.dcssync.simulator;

import static java.time.temporal.ChronoUnit.MINUTES;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dcssync.listapi.ListedTask;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorIT {

    private static final Path ROUTES = Path.of("routes", "simulate-dcs.camel.yaml");
    private static final SimulatorSettings STILL =
            SimulatorSettings.standard(Path.of("")).withPort(0).withSpeed(0).withProjects("one", "two");
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Simulator simulator;

    @BeforeAll
    static void start() throws PortTaken {
        simulator = Simulator.start(STILL.withTasks(1234));
    }

    @AfterAll
    static void stop() {
        simulator.close();
    }

    @Test
    void the_first_ten_tasks_are_listed_unless_asked_otherwise() throws Exception {
        JsonNode body = list(simulator, "one", "");

        assertThat(body.path("count").asInt()).isEqualTo(1234);
        assertThat(body.path("migration_tasks")).hasSize(10);
        List<String> fields = new ArrayList<>();
        body.path("migration_tasks").get(0).fieldNames().forEachRemaining(fields::add);
        assertThat(fields).isEqualTo(ListedTask.FIELDS);
    }

    @Test
    void pages_put_together_are_the_list_newest_first() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int offset = 0; offset <= 1400; offset += 200) {
            list(simulator, "one", "?limit=200&offset=" + offset)
                    .path("migration_tasks")
                    .forEach(task -> ids.add(task.path("task_id").asText()));
        }
        assertThat(ids)
                .isEqualTo(simulator.list("one").tasks().stream()
                        .map(task -> task.text("task_id"))
                        .toList());
    }

    @Test
    void once_it_is_calm_its_lists_stand_still_and_nothing_goes_wrong() throws Exception {
        try (Simulator wild = Simulator.start(
                STILL.withTasks(20).withSpeed(1000).withFaults(Faults.parse("500=100%,cap=5,moving")))) {
            wild.calm();
            List<ListedTask> still = wild.list("one").tasks();

            for (int offset = 0; offset < 5; offset++) {
                assertThat(list(wild, "one", "?limit=10&offset=" + offset).path("migration_tasks"))
                        .hasSize(10);
            }
            assertThat(wild.list("one").tasks()).isEqualTo(still);
        }
    }

    @Test
    void a_page_has_a_thousand_tasks_at_most_and_none_behind_the_end() throws Exception {
        assertThat(list(simulator, "one", "?limit=1000").path("migration_tasks"))
                .hasSize(1000);
        assertThat(list(simulator, "one", "?limit=1000&offset=1000").path("migration_tasks"))
                .hasSize(234);
        JsonNode behind = list(simulator, "one", "?offset=2147483647");
        assertThat(behind.path("count").asInt()).isEqualTo(1234);
        assertThat(behind.path("migration_tasks")).isEmpty();
    }

    @Test
    void a_name_selects_the_tasks_that_contain_it_and_is_counted() throws Exception {
        JsonNode body = list(simulator, "one", "?limit=1000&name=-cache-");

        assertThat(body.path("migration_tasks"))
                .isNotEmpty()
                .hasSize(body.path("count").asInt())
                .allSatisfy(task -> assertThat(task.path("task_name").asText()).contains("-cache-"));
        assertThat(list(simulator, "one", "?name=no%20such").path("count").asInt())
                .isZero();
    }

    @Test
    void a_bad_parameter_is_answered_with_400_and_the_documented_body() throws Exception {
        for (String query : List.of("?limit=0", "?limit=1001", "?limit=x", "?offset=-1", "?offset=1&offset=2")) {
            refused(get(simulator, "/v2/one/migration-tasks" + query), 400, "DCS.4002");
        }
    }

    @Test
    void an_unknown_project_or_path_is_answered_with_404() throws Exception {
        refused(get(simulator, "/v2/three/migration-tasks"), 404, "DCS.4001");
        for (String path : List.of("/", "/v2", "/v2/one/migration-task", "/v2/one/migration-tasks/x")) {
            refused(get(simulator, path), 404, "APIG.0101");
        }
    }

    @Test
    void another_method_is_answered_with_405_whatever_it_brings() throws Exception {
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "PATCH")) {
            HttpRequest request = HttpRequest.newBuilder(url(simulator, "/v2/one/migration-tasks"))
                    .method(method, BodyPublishers.ofString("x".repeat(200_000)))
                    .build();
            refused(CLIENT.send(request, BodyHandlers.ofString()), 405, "APIG.0101");
        }
    }

    @Test
    void parameters_named_like_what_the_server_knows_change_nothing() throws Exception {
        JsonNode body = list(
                simulator,
                "one",
                "?project_id=two&CamelHttpPath=%2F&CamelHttpRawQuery=limit%3D3&CamelHttpMethod=POST&limit=2");

        assertThat(body.path("migration_tasks")).hasSize(2);
        assertThat(body.path("migration_tasks").get(0).path("task_id").asText())
                .isEqualTo(simulator.list("one").tasks().get(0).text("task_id"));
    }

    @Test
    void nothing_of_the_request_comes_back_but_an_id_of_the_answer_does() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url(simulator, "/v2/one/migration-tasks"))
                .header("X-Auth-Token", "geheim")
                .build();
        HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());

        assertThat(answer.headers().map()).containsOnlyKeys("content-length", "content-type", "date", "x-request-id");
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    }

    @Test
    void every_answer_is_dated_also_that_of_an_error_or_a_fault() throws Exception {
        for (String path : List.of("/v2/one/migration-tasks", "/v2/three/migration-tasks", "/", "/v3/auth/tokens")) {
            assertThat(date(get(simulator, path))).isCloseTo(Instant.now(), within(10, SECONDS));
        }
        for (String fault : List.of("500", "502-html", "429", "429-retry-after")) {
            try (Simulator faulty = Simulator.start(STILL.withFaults(Faults.parse(fault + "=100%,clock-off")))) {
                assertThat(date(get(faulty, "/v2/one/migration-tasks")))
                        .isCloseTo(Instant.now().plus(20, MINUTES), within(10, SECONDS));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/one/migration-tasks?offset=%zz",
                "/v2/one/migration-tasks?%zz",
                "/v2/one/migration-tasks?name=%",
                "/v2/one/migration-tasks?name=%4",
                "/v2/one/migration-tasks?x=%C3%28%g",
            })
    void a_query_that_cannot_be_decoded_is_answered_with_400_and_the_documented_body(String line) throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), simulator.url().getPort())) {
            socket.getOutputStream()
                    .write(("GET " + line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .containsIgnoringCase("content-type: application/json")
                    .containsIgnoringCase("date: ")
                    .contains("\"error_code\":\"DCS.4002\"");
        }
    }

    @Test
    void two_projects_have_two_lists() throws Exception {
        assertThat(ids(list(simulator, "one", "?limit=1000")))
                .doesNotContainAnyElementsOf(ids(list(simulator, "two", "?limit=1000")));
    }

    @Test
    void the_same_seed_gives_the_same_body_byte_for_byte() throws Exception {
        String path = "/v2/one/migration-tasks?limit=1000";
        try (Simulator same = Simulator.start(STILL.withTasks(1234));
                Simulator other = Simulator.start(STILL.withTasks(1234).withSeed(8))) {
            assertThat(get(same, path).body()).isEqualTo(get(simulator, path).body());
            assertThat(get(other, path).body())
                    .isNotEqualTo(get(simulator, path).body());
        }
    }

    @Test
    void a_taken_port_is_said_and_not_only_logged() {
        int taken = simulator.url().getPort();

        assertThatThrownBy(() -> Simulator.start(STILL.withPort(taken)))
                .isInstanceOf(PortTaken.class)
                .hasMessageContaining(Integer.toString(taken));
    }

    @Test
    void an_installation_may_lie_anywhere_and_one_without_routes_is_named(@TempDir Path folder) throws Exception {
        Path home = folder.resolve("a folder, 100%20 sure");
        assertThatThrownBy(() -> SimulatorSettings.standard(home))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(home.toString());

        install(home, Files.readString(ROUTES));
        try (Simulator elsewhere =
                Simulator.start(SimulatorSettings.standard(home).withPort(0))) {
            assertThat(get(elsewhere, "/").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void a_fault_inside_is_answered_with_500_and_the_documented_body(@TempDir Path home) throws Exception {
        install(home, Files.readString(ROUTES).replace("CamelHttpMethod}", "CamelHttpMethod.noSuchMethod()}"));
        try (Simulator faulty = Simulator.start(SimulatorSettings.standard(home).withPort(0))) {
            refused(get(faulty, "/v2/" + SimulatorSettings.DEFAULT_PROJECT + "/migration-tasks"), 500, "DCS.5000");
        }
    }

    @Test
    void a_living_list_shows_failures_and_restarts_under_ids_that_stay_unique() throws Exception {
        try (Simulator living = Simulator.start(STILL.withTasks(100).withSpeed(500))) {
            LivingList list = living.list("one");
            await().atMost(Duration.ofSeconds(20)).until(() -> list.changes().size() > 300);
            for (int i = 0; i < 20; i++) {
                JsonNode body = list(living, "one", "?limit=1000");
                assertThat(ids(body)).hasSize(body.path("count").asInt()).hasSameSizeAs(body.path("migration_tasks"));
            }
            assertThat(list.changes())
                    .anyMatch(change -> change.to().equals(Optional.of("FAILED"))
                            && change.message().isPresent())
                    .anyMatch(change -> change.from().equals(Optional.of("FAILED"))
                            && change.to().equals(Optional.of("MIGRATING")));
        }
    }

    @Test
    void a_list_that_stands_still_changes_only_by_hand() throws Exception {
        try (Simulator stepped = Simulator.start(STILL.withTasks(20))) {
            String before = get(stepped, "/v2/one/migration-tasks").body();
            assertThat(get(stepped, "/v2/one/migration-tasks").body()).isEqualTo(before);

            while (stepped.list("one").changes().size() < 5) {
                stepped.list("one").step();
            }
            assertThat(get(stepped, "/v2/one/migration-tasks?limit=1000").body())
                    .isNotEqualTo(before);
        }
    }

    private static void install(Path home, String routes) throws IOException {
        Files.writeString(Files.createDirectories(home.resolve("routes")).resolve(ROUTES.getFileName()), routes);
    }

    private static JsonNode list(Simulator simulator, String project, String query)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = get(simulator, "/v2/" + project + "/migration-tasks" + query);
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static void refused(HttpResponse<String> answer, int status, String code) throws IOException {
        assertThat(answer.statusCode()).isEqualTo(status);
        JsonNode body = JSON.readTree(answer.body());
        assertThat(body.path("error_msg").asText()).isNotEmpty();
        assertThat(body.path("error_code").asText()).isEqualTo(code);
        assertThat(body.path("error_ext_msg").isNull()).isTrue();
    }

    private static Set<String> ids(JsonNode body) {
        Set<String> ids = new HashSet<>();
        body.path("migration_tasks")
                .forEach(task -> ids.add(task.path("task_id").asText()));
        return ids;
    }

    private static Instant date(HttpResponse<String> answer) {
        return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                answer.headers().firstValue("date").orElseThrow()));
    }

    private static HttpResponse<String> get(Simulator simulator, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url(simulator, path))
                .timeout(Duration.ofSeconds(20))
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    private static URI url(Simulator simulator, String path) {
        return URI.create(simulator.url() + path);
    }
}
