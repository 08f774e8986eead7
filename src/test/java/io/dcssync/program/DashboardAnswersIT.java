package io.dcssync.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dcssync.browser.MadeUpLedger;
import io.dcssync.ledger.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands behind the dashboard: its files and its answers; {@code -Ddashboard.tasks=100000} makes the ledger larger. */
@TestInstance(Lifecycle.PER_CLASS)
class DashboardAnswersIT {

    private static final int TASKS = Integer.getInteger("dashboard.tasks", 10_000);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestDatabase database = TestDatabase.fresh();
    private final HttpClient client = HttpClient.newHttpClient();
    private InstalledProgram program;
    private String base;

    @BeforeAll
    void start(@TempDir Path folder) {
        MadeUpLedger.fill(database, TASKS);
        program = InstalledProgram.in(folder)
                .on(database)
                .reads("prod-eu", "http://127.0.0.1:1")
                .with("source.prod-eu.project-id", "project-eu")
                .with("source.prod-eu.schedule", "0 0 0 1 1 ? 2099")
                .with("alert.pager.uri", "http://127.0.0.1:1/pager")
                .with("alert.pager.retry-delay", "15m")
                .with("http.port", 0)
                .with("http.management-port", 0);
        base = Serving.mirrorOf(program.start("run"));
    }

    @AfterAll
    void stop() {
        program.close();
        database.close();
    }

    @Test
    void the_page_may_run_its_own_scripts_and_nothing_else() throws Exception {
        HttpResponse<String> page = get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        assertThat(page.headers().allValues("content-security-policy"))
                .singleElement()
                .asString()
                .contains(
                        "default-src 'none'",
                        "script-src 'self';",
                        "frame-ancestors 'none'",
                        "require-trusted-types-for")
                .doesNotContain("unsafe", "*");
        assertThat(page.headers().firstValue("referrer-policy")).contains("no-referrer");
        assertThat(page.body()).contains("<script src=").doesNotContainPattern("<script>|style=|https?://");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/web/app.js", "/web/style.css", "/lib/lit-html/lit-html.js", "/lib/chart.js/dist/chart.umd.js"})
    void a_file_is_sent_once_and_then_known_by_its_tag(String path) throws Exception {
        HttpResponse<String> first = get(path);
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("cache-control")).contains("no-cache");
        assertThat(first.headers().firstValue("x-content-type-options")).contains("nosniff");

        HttpResponse<String> again =
                get(path, "If-None-Match", first.headers().firstValue("etag").orElseThrow());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/web/",
                "/web/../version.properties",
                "/web/%2e%2e/version.properties",
                "/web/..%2fversion.properties",
                "/web/none.js",
                "/web/icon",
                "/lib/lit-html/package.json",
                "/lib/other/x.js",
                "/lib/lit-html/../x.js",
                "/webs/app.js",
                "/api/",
                "/api/none",
                "/api/task?source=prod-eu&task=none"
            })
    void what_is_not_there_is_a_404(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("error_msg").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tasks?size=0",
                "tasks?size=201",
                "tasks?size=x",
                "tasks?page=0",
                "tasks?page=-1",
                "tasks?sort=password",
                "tasks?sort=name;drop",
                "tasks?class=bad",
                "tasks?listed=",
                "tasks?q=a%00b",
                "tasks?nothing=1",
                "tasks?page=1&page=2",
                "changes?hours=99999",
                "alerts?state=held",
                "passes?outcome=fine"
            })
    void a_question_that_is_not_understood_is_refused(String question) throws Exception {
        HttpResponse<String> answer = get("/api/" + question);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("error_msg").textValue()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "name, 'lower(coalesce(task_name, task_id)) collate \"C\"'",
        "-since, status_since desc",
        "created, created_at",
        "-failures, failure_count desc",
        "status, status collate \"C\"",
        "-source, source desc",
    })
    void tasks_come_sorted_a_page_at_a_time(String sort, String order) throws Exception {
        List<String> expected = database
                .rows("select task_id from report.task where missing_since is null and status_class = 'failed'"
                        + " and strpos(task_name, 'orders') > 0 order by " + order + ", task_id collate \"C\" limit 60")
                .stream()
                .map(row -> (String) row.get("task_id"))
                .toList();

        List<String> ids = new ArrayList<>();
        for (int page = 1; page <= 3; page++) {
            JsonNode answer = ask("tasks?class=failed&q=ORDERS&size=20&page=" + page + "&sort=" + sort);
            answer.path("tasks").forEach(task -> ids.add(task.path("task_id").textValue()));
        }
        assertThat(ids).isEqualTo(expected);
    }

    @Test
    void each_answer_takes_less_than_two_seconds_and_tells_times_in_utc() throws Exception {
        for (String question : List.of(
                "pulse",
                "choices",
                "status",
                "tasks?q=cache&sort=name&page=60",
                "changes?hours=720",
                "sources",
                "passes",
                "alerts")) {
            long began = System.nanoTime();
            JsonNode answer = ask(question);
            assertThat((System.nanoTime() - began) / 1_000_000)
                    .as(question + ", ms")
                    .isLessThan(2000);
            if (answer.has("now")) {
                assertThat(OffsetDateTime.parse(answer.path("now").textValue()).getOffset())
                        .isEqualTo(ZoneOffset.UTC);
            }
        }
    }

    @Test
    void what_is_shown_comes_as_csv_whole_and_without_formulas() throws Exception {
        String task = (String) database.one("select min(task_id) from dcs.task where missing_since is null");
        database.run("update dcs.task set task_name = '=cmd|'' /c calc''!A1, \"x\"' where task_id = ?", task);

        HttpResponse<String> answer = get("/api/tasks.csv");

        assertThat(answer.headers().firstValue("content-type")).contains("text/csv; charset=utf-8");
        assertThat(answer.headers().firstValue("content-disposition"))
                .hasValueSatisfying(how -> assertThat(how).startsWith("attachment"));
        assertThat(answer.body())
                .startsWith("source,task_id,task_name,")
                .contains("\"'=cmd|' /c calc'!A1, \"\"x\"\"\"");
        assertThat(answer.body().lines().count() - 1)
                .isEqualTo(database.one("select count(*) from report.task where missing_since is null"));
    }

    @Test
    void a_page_of_another_site_sends_no_alert_again() throws Exception {
        Object dead = database.one("select min(alert_id) from report.alert where state = 'dead'");
        String path = "/api/alerts/" + dead + "/retry";

        assertThat(post(path, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
        assertThat(post(path, "Sec-Fetch-Site", "same-site").statusCode()).isEqualTo(403);
        assertThat(post(path, "Origin", "https://evil.example").statusCode()).isEqualTo(403);
        assertThat(post(path, "Origin", "null").statusCode()).isEqualTo(403);
        assertThat(get(path).statusCode()).isEqualTo(404);
        assertThat(database.one("select state from report.alert where alert_id = ?", dead))
                .isEqualTo("dead");

        HttpResponse<String> own = post(path, "Origin", base);
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(own.body()).path(0).path("outcome").textValue())
                .isEqualTo("retried");
        assertThat(post("/api/alerts/x/retry", "Origin", base).statusCode()).isEqualTo(404);
        assertThat(post("/api/alerts/99999999/retry", "Origin", base).body()).contains("unknown");
    }

    private JsonNode ask(String question) throws Exception {
        HttpResponse<String> answer = get("/api/" + question);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String... headers) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .headers(headers)
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }
}
