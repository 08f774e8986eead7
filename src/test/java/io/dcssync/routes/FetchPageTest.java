package io.dcssync.routes;

import static io.dcssync.outbound.HttpDouble.cutOff;
import static io.dcssync.outbound.HttpDouble.page;
import static io.dcssync.outbound.HttpDouble.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.GivenSettings;
import io.dcssync.config.Settings;
import io.dcssync.outbound.HttpDouble;
import io.dcssync.source.ListedPage;
import io.dcssync.source.Pass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FetchPageTest extends RouteTest {

    @AutoClose
    private final HttpDouble dcs = HttpDouble.start();

    private final Settings settings = GivenSettings.source(
            dcs.url() + "/gateway",
            "source.prod.max-attempts = 3",
            "source.prod.name-filter = my & shop",
            "source.prod.request-timeout = 500ms",
            "sync.retry-delay = 20ms",
            "source.gone.endpoint = http://127.0.0.1:" + unusedPort(),
            "source.gone.project-id = p2",
            "source.gone.auth = none",
            "source.gone.max-attempts = 2",
            "source.once.endpoint = " + dcs.url(),
            "source.once.project-id = p3",
            "source.once.auth = none",
            "source.once.max-attempts = 1");

    @Override
    List<String> files() {
        return List.of("errors", "fetch-page");
    }

    @Override
    Settings settings() {
        return settings;
    }

    @Test
    void the_request_is_a_get_of_the_list_with_its_query_and_nothing_else() {
        dcs.replies(page("a"));
        Exchange done = fetch(begin());

        assertThat(entries(done)).containsExactly("{\"task_id\":\"a\"}");
        HttpDouble.Request request = dcs.requests().get(0);
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.uri()).isEqualTo("/gateway/v2/p1/migration-tasks?offset=0&limit=1000&name=my%20%26%20shop");
        assertThat(request.body()).isEmpty();
        assertThat(request.headers().keySet())
                .containsExactlyInAnyOrder("Accept", "Accept-encoding", "Connection", "Host", "User-agent");
        assertThat(request.headers().getFirst("Accept")).isEqualTo("application/json");
        assertThat(request.headers().getFirst("User-Agent")).isEqualTo("dcs-sync");
    }

    @Test
    void nothing_of_the_exchange_or_of_an_earlier_answer_travels_with_the_next_request() {
        dcs.replies(status(503, "", "X-Subject-Token", "hunter2", "Set-Cookie", "s=1"), page("a"));
        Exchange done = template.request("direct:fetch-page", exchange -> {
            exchange.setVariable("pass", begin());
            exchange.getMessage().setHeader("Secretthing", "hunter2");
            exchange.getMessage().setHeader("CamelHttpPath", "/elsewhere");
            exchange.getMessage().setHeader("CamelHttpMethod", "POST");
            exchange.getMessage().setBody("a body");
        });

        assertThat(done.getException()).isNull();
        assertThat(dcs.requests()).hasSize(2).allSatisfy(request -> {
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.uri()).startsWith("/gateway/v2/p1/migration-tasks?");
            assertThat(request.body()).isEmpty();
            assertThat(request.headers().keySet())
                    .containsExactlyInAnyOrder("Accept", "Accept-encoding", "Connection", "Host", "User-agent");
        });
    }

    @Test
    void after_503_the_page_is_asked_for_again_and_retries_are_counted() {
        dcs.replies(status(503, "busy"), status(502, "<html>"), page("a", "b"));
        Pass pass = begin();
        Exchange done = fetch(pass);

        assertThat(done.getException()).isNull();
        assertThat(entries(done)).hasSize(2);
        assertThat(dcs.requests()).hasSize(3);
        assertThat(pass.toClose()).containsEntry("requests", 3).containsEntry("retries", 2);
    }

    @Test
    void after_the_last_attempt_the_reason_is_handed_to_the_pass() {
        dcs.replies(status(503, "busy"));
        Pass pass = begin();
        Exchange done = fetch(pass);

        assertThat(dcs.requests()).hasSize(3);
        assertThat(done.getException()).hasMessage("HTTP 503: busy");
        assertThat(pass.toClose()).containsEntry("requests", 3).containsEntry("retries", 2);
    }

    @Test
    void a_404_is_not_asked_for_again() {
        dcs.replies(status(404, "{\"error_code\":\"DCS.4001\",\"error_msg\":\"no such project\"}"));
        Pass pass = begin();
        Exchange done = fetch(pass);

        assertThat(dcs.requests()).hasSize(1);
        assertThat(done.getException()).hasMessageContaining("DCS.4001 no such project");
        assertThat(pass.toClose()).containsEntry("requests", 1).containsEntry("retries", 0);
    }

    @Test
    void it_is_the_last_try_that_decides_and_is_told() {
        dcs.replies(status(503, "busy"), status(404, "{\"error_code\":\"DCS.4001\"}"), page("a"));
        Pass pass = begin();
        pass.fail(fetch(pass).getException());

        assertThat(dcs.requests()).hasSize(2);
        assertThat(pass.toClose()).containsEntry("errorCode", "DCS.4001");
    }

    @Test
    void a_connection_that_breaks_after_an_error_is_told_as_such() {
        dcs.replies(status(503, "busy"), cutOff("{"));
        Pass pass = begin();
        pass.fail(fetch(pass).getException());

        assertThat(dcs.requests()).hasSize(3);
        assertThat(pass.toClose()).containsEntry("errorCode", "cut-off");
    }

    @Test
    void an_answer_that_is_cut_off_is_asked_for_again() {
        dcs.replies(cutOff("{\"migration_tasks\":[{\"task_id\""), status(200, "{\"migration_tasks\":[{"), page("a"));

        assertThat(entries(fetch(begin()))).hasSize(1);
        assertThat(dcs.requests()).hasSize(3);
    }

    @Test
    void an_answer_that_does_not_come_in_time_is_asked_for_again() {
        dcs.replies(dcs.hanging(), page("a"));

        assertThat(entries(fetch(begin()))).hasSize(1);
        assertThat(dcs.requests()).hasSize(2);
    }

    @Test
    void an_endpoint_that_cannot_be_reached_is_tried_again_and_then_told() {
        Pass pass = passes.begin("gone", "test", false);
        Exchange done = fetch(pass);

        assertThat(done.getException()).isInstanceOf(ConnectException.class);
        assertThat(pass.toClose()).containsEntry("requests", 2);
    }

    @Test
    void the_pause_is_as_long_as_the_endpoint_asks() {
        dcs.replies(status(429, "", "Retry-After", "1"), page("a"));

        long start = System.nanoTime();
        assertThat(entries(fetch(begin()))).hasSize(1);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(950), Duration.ofMillis(2500));
    }

    @Test
    void it_holds_all_sources_of_the_endpoint() {
        dcs.replies(status(503, "", "Retry-After", "1"), page("a"));

        long start = System.nanoTime();
        Exchange refused = fetch(passes.begin("once", "test", false));
        assertThat(refused.getException()).hasMessage("HTTP 503");
        assertThat(entries(fetch(begin()))).hasSize(1);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(950), Duration.ofMillis(2500));
    }

    @Test
    void a_stop_ends_the_tries() {
        Pass pass = begin();
        dcs.replies(exchange -> {
            pass.stop();
            status(503, "").to(exchange);
        });
        Exchange done = fetch(pass);

        assertThat(done.getException()).isNotNull();
        assertThat(dcs.requests()).hasSize(1);
    }

    @Test
    void a_page_that_could_not_be_stored_meanwhile_ends_the_tries_without_a_word_more() {
        Pass pass = begin();
        dcs.replies(exchange -> {
            pass.notStored(new SQLException("disk full"));
            status(503, "").to(exchange);
        });
        fetch(pass);

        assertThat(dcs.requests()).hasSize(1);
        assertThat(pass.failure())
                .hasValueSatisfying(reason -> assertThat(reason).contains("disk full"));
        assertThat(warnings()).isEmpty();
    }

    private Pass begin() {
        return passes.begin("prod", "test", false);
    }

    private Exchange fetch(Pass pass) {
        return send("fetch-page", Map.of("pass", pass));
    }

    private static List<String> entries(Exchange done) {
        assertThat(done.getException()).isNull();
        return done.getVariable("page", ListedPage.class).toCheck().stream()
                .flatMap(List::stream)
                .map(Object::toString)
                .toList();
    }

    private static int unusedPort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
