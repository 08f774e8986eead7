package io.dcssync.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mirror of {@code run}, held against the endpoint that it mirrors. Two sources read that one endpoint. */
@TestInstance(Lifecycle.PER_CLASS)
class MirrorIT {

    private static final int TASKS = 1234;
    private static final String LIST = "/v2/" + ScriptedDcs.PROJECT + "/migration-tasks";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestDatabase database = TestDatabase.fresh();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private InstalledProgram program;
    private String dcs;
    private String mirror;

    @BeforeAll
    void start(@TempDir Path folder) {
        program = InstalledProgram.in(folder).on(database);
        Running simulator = program.start("simulate", "--port", "0", "--tasks", String.valueOf(TASKS), "--speed", "0");
        await().atMost(Duration.ofSeconds(60)).until(() -> simulator.out().contains("\n"));
        dcs = simulator.out().lines().findFirst().orElseThrow();
        program.reads("one", dcs)
                .reads("two", dcs)
                .with("source.one.schedule", "0 0 0 1 1 ? 2099")
                .with("source.two.schedule", "0 0 0 1 1 ? 2099")
                .with("http.port", 0)
                .with("http.management-port", 0);
        assertThat(program.run("sync").exitCode()).isZero();
        mirror = Serving.mirrorOf(program.start("run"));
    }

    @AfterAll
    void stop() {
        program.close();
        database.close();
    }

    @Test
    void it_lists_what_the_endpoint_lists_each_task_once_whatever_the_page() throws Exception {
        List<String> original = all(dcs, 1000).stream().sorted().toList();

        List<String> whole = all(mirror, 1000);
        assertThat(whole.stream().sorted().toList()).isEqualTo(original).hasSize(TASKS);
        assertThat(all(mirror, 250)).isEqualTo(whole);
        assertThat(all(mirror, 77)).isEqualTo(whole);
    }

    @Test
    void newest_come_first() throws Exception {
        List<String> ids = new ArrayList<>();
        for (String task : all(mirror, 500)) {
            ids.add(JSON.readTree(task).path("task_id").textValue());
        }
        assertThat(ids)
                .isEqualTo(database
                        .rows("select task_id from report.task where source = 'one'"
                                + " order by created_at desc nulls last, task_id collate \"C\"")
                        .stream()
                        .map(row -> (String) row.get("task_id"))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?limit=3",
                "?offset=1230",
                "?offset=1234",
                "?offset=2147483647",
                "?limit=1000",
                "?name=-cache-&limit=1000",
                "?name=no%20such",
                "?name=",
                "?name=%25",
                "?sort=x"
            })
    void a_page_has_the_size_and_the_count_of_the_endpoints(String query) throws Exception {
        JsonNode theirs = JSON.readTree(get(dcs + LIST + query).body());
        JsonNode ours = JSON.readTree(get(mirror + LIST + query).body());

        assertThat(ours.path("count")).isEqualTo(theirs.path("count"));
        assertThat(ours.path("migration_tasks")).hasSameSizeAs(theirs.path("migration_tasks"));
    }

    @ParameterizedTest
    @CsvSource({
        "?limit=0, 400",
        "?limit=1001, 400",
        "?limit=x, 400",
        "?limit=, 400",
        "?offset=-1, 400",
        "?offset=x, 400",
        "?offset=1&offset=2, 400",
        "?name=a%00b, 400"
    })
    void a_bad_parameter_is_answered_as_the_endpoint_answers_it(String query, int status) throws Exception {
        HttpResponse<String> ours = get(mirror + LIST + query);

        assertThat(ours.statusCode()).isEqualTo(status);
        assertThat(ours.body()).isEqualTo(get(dcs + LIST + query).body()).contains("error_msg");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v2/other/migration-tasks, 404",
        "GET, /v2/p1/migration-task, 404",
        "GET, /v2/%00/migration-tasks, 404",
        "GET, /v2, 404",
        "POST, /v2/p1/migration-tasks, 405",
        "DELETE, /v2/p1/migration-tasks, 405",
    })
    void what_is_not_there_is_answered_as_the_endpoint_answers_it(String method, String path, int status)
            throws Exception {
        HttpResponse<String> ours = send(method, mirror + path);

        assertThat(ours.statusCode()).isEqualTo(status);
        assertThat(ours.body()).isEqualTo(send(method, dcs + path).body()).contains("error_msg");
    }

    @Test
    void a_body_that_is_too_large_is_not_read() throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(mirror + LIST))
                        .POST(BodyPublishers.ofString("x".repeat(200_000)))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("Invalid request.");
    }

    @Test
    void the_health_of_the_program_is_not_told_here() throws Exception {
        assertThat(get(mirror + "/observe/health").statusCode()).isEqualTo(404);
        assertThat(get(mirror + "/observe/metrics").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/v2/x/migration-tasks", "/v2/x/migration-tasks?limit=0", "/v2/x/migration-tasks?name=%zz"})
    void every_answer_tells_browsers_to_be_careful(String path) throws Exception {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");

        assertThat(answer)
                .containsIgnoringCase("X-Content-Type-Options: nosniff")
                .containsIgnoringCase("frame-ancestors 'none'")
                .containsIgnoringCase("Referrer-Policy: no-referrer")
                .containsIgnoringCase("Cache-Control: no-store")
                .doesNotContain("Exception", "io.dcssync");
    }

    @Test
    void a_query_that_cannot_be_decoded_is_answered_with_400_and_the_documented_body() throws Exception {
        for (String query : List.of("?offset=%zz", "?name=%", "?x=%4")) {
            assertThat(raw("GET " + LIST + query + " HTTP/1.1\r\nHost: localhost\r\n"))
                    .startsWith("HTTP/1.1 400")
                    .containsIgnoringCase("Content-Type: application/json")
                    .contains("\"error_code\":\"DCS.4002\"");
        }
    }

    @Test
    void a_web_page_that_had_its_name_point_here_reads_nothing() throws Exception {
        assertThat(raw("GET " + LIST + " HTTP/1.1\r\nHost: evil.example:80\r\n"))
                .startsWith("HTTP/1.1 403")
                .doesNotContain("task_id");
        assertThat(raw("GET " + LIST + " HTTP/1.1\r\nHost: localhost:9\r\n")).startsWith("HTTP/1.1 200");
    }

    @Test
    void a_task_is_shown_as_the_source_knows_it_that_saw_it_change_last_and_no_longer_when_none_lists_it()
            throws Exception {
        String id = JSON.readTree(all(mirror, 1000).get(7)).path("task_id").textValue();
        try {
            change("task_name = 'renamed since', last_changed_at = now() + interval '1 h'", "two", id);
            assertThat(count("?name=renamed%20since")).isEqualTo(1);
            change("missing_since = now()", "two", id);
            assertThat(count("?name=renamed%20since")).isZero();
            assertThat(count("")).isEqualTo(TASKS);
            change("missing_since = now()", "one", id);
            assertThat(count("")).isEqualTo(TASKS - 1);
            assertThat(String.join("", all(mirror, 1000))).doesNotContain(id);
        } finally {
            restore();
        }
    }

    @Test
    void what_the_document_does_not_know_is_listed_behind_it_and_times_as_they_came() throws Exception {
        JsonNode last = JSON.readTree(all(mirror, 1000).get(TASKS - 1));
        String id = last.path("task_id").textValue();
        change(
                "extra = '{\"band_width\":5,\"_replaced\":[\"x\"]}', last_changed_at = now() + interval '2 h',"
                        + " supported_features = null, description = null, created_at_raw = 'yesterday', created_at = null",
                "two",
                id);
        try {
            String task = all(mirror, 1000).get(TASKS - 1);
            assertThat(task)
                    .startsWith("{\"task_id\":\"" + id + "\",")
                    .contains("\"description\":null", "\"created_at\":\"yesterday\"")
                    .endsWith("\"supported_features\":null,\"band_width\":5}");
        } finally {
            restore();
        }
    }

    @Test
    void a_project_that_was_not_read_as_a_whole_yet_is_not_there() throws Exception {
        database.run("update dcs.run set outcome = 'failed' where outcome = 'complete'");
        try {
            assertThat(get(mirror + LIST).statusCode()).isEqualTo(404);
        } finally {
            database.run("update dcs.run set outcome = 'complete' where outcome = 'failed'");
        }
        assertThat(get(mirror + LIST).statusCode()).isEqualTo(200);
    }

    @Test
    void twenty_clients_are_answered_while_a_pass_runs_and_the_pass_is_whole() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(20);
        try {
            Running pass = program.start("sync", "--source", "one");
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String query = "?limit=200&offset=" + i;
                work.add(() -> get(mirror + LIST + query).statusCode());
            }
            for (Future<Integer> status : clients.invokeAll(work)) {
                assertThat(status.get()).isEqualTo(200);
            }
            assertThat(pass.ended().exitCode()).isZero();
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void a_ledger_that_cannot_be_read_is_an_internal_error_that_tells_nothing() throws Exception {
        database.run("alter schema dcs rename to elsewhere");
        try {
            HttpResponse<String> answer = get(mirror + LIST);
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body())
                    .isEqualTo("{\"error_msg\":\"Internal service error.\",\"error_code\":\"DCS.5000\","
                            + "\"error_ext_msg\":null}");
        } finally {
            database.run("alter schema elsewhere rename to dcs");
        }
    }

    @Test
    void a_taken_port_is_an_error_that_names_its_key(@TempDir Path folder) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                InstalledProgram second =
                        InstalledProgram.in(folder).on(database).reads("one", dcs)) {
            Ended taken = second.with("http.port", other.getLocalPort())
                    .with("http.management-port", 0)
                    .run("run");
            assertThat(taken.exitCode()).isEqualTo(2);
            assertThat(taken.err()).contains("127.0.0.1:" + other.getLocalPort(), "http.port");
        }
    }

    private void change(String set, String source, String id) {
        assertThat(database.run("update dcs.task set " + set + " where source = ? and task_id = ?", source, id))
                .isEqualTo(1);
    }

    /** Both sources know the same again. */
    private void restore() {
        database.run("update dcs.task set missing_since = null");
        database.run(
                "update dcs.task t set task_name = o.task_name, last_changed_at = o.last_changed_at, extra = o.extra,"
                        + " supported_features = o.supported_features, description = o.description,"
                        + " created_at_raw = o.created_at_raw, created_at = o.created_at"
                        + " from dcs.task o where o.source = 'one' and o.task_id = t.task_id and t.source = 'two'");
    }

    private int count(String query) throws Exception {
        return JSON.readTree(get(mirror + LIST + query).body()).path("count").asInt();
    }

    /** The tasks of all pages as they stand in the answers, but for blanks, which are null in the mirror. */
    private List<String> all(String base, int limit) throws Exception {
        List<String> tasks = new ArrayList<>();
        for (int offset = 0; offset <= TASKS; offset += limit) {
            JsonNode page = JSON.readTree(
                    get(base + LIST + "?limit=" + limit + "&offset=" + offset).body());
            assertThat(page.path("count").asInt()).isGreaterThanOrEqualTo(TASKS - 1);
            for (JsonNode task : page.path("migration_tasks")) {
                ObjectNode fields = (ObjectNode) task;
                fields.properties().forEach(field -> {
                    if (field.getValue().isTextual()
                            && field.getValue().textValue().isEmpty()) {
                        field.setValue(JSON.nullNode());
                    }
                });
                tasks.add(fields.toString());
            }
        }
        return tasks;
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return send("GET", url);
    }

    private HttpResponse<String> send(String method, String url) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    /** Sends a request that no well-behaved client would send. */
    private String raw(String head) throws IOException {
        URI url = URI.create(mirror);
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
