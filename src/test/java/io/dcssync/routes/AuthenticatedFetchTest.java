package io.dcssync.routes;

import static io.dcssync.outbound.HttpDouble.cutOff;
import static io.dcssync.outbound.HttpDouble.page;
import static io.dcssync.outbound.HttpDouble.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.GivenSettings;
import io.dcssync.config.Settings;
import io.dcssync.listapi.ReceivedCall;
import io.dcssync.listapi.SignatureCheck;
import io.dcssync.outbound.HttpDouble;
import io.dcssync.source.CheckEntry;
import io.dcssync.source.ListedPage;
import io.dcssync.source.Pass;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AuthenticatedFetchTest extends RouteTest {

    @AutoClose
    private final HttpDouble dcs = HttpDouble.start();

    @AutoClose
    private final HttpDouble iam = HttpDouble.start();

    @AutoClose
    private final HttpDouble metadata = HttpDouble.start();

    private final Settings settings = GivenSettings.of(
            source("signed", "access-key = AKAKAK", "secret-key = hunter2", "security-token = stst"),
            source(
                    "login",
                    "auth = token",
                    "iam-endpoint = " + iam.url(),
                    "iam-domain = the domain",
                    "iam-user = reader",
                    "iam-password = hunter2"),
            source(
                    "login-too",
                    "auth = token",
                    "iam-endpoint = " + iam.url(),
                    "iam-domain = the domain",
                    "iam-user = reader",
                    "iam-password = hunter2"),
            source("agency", "auth = ecs-agency", "metadata-endpoint = " + metadata.url()),
            source("signed-too", "access-key = AKAKAK", "secret-key = hunter2", "security-token = stst"),
            source(
                            "login-elsewhere",
                            "auth = token",
                            "iam-endpoint = " + iam.url(),
                            "iam-domain = the domain",
                            "iam-user = reader",
                            "iam-password = hunter2")
                    .replace("project-id = p1", "project-id = p2"),
            source(
                    "quoted",
                    "auth = token",
                    "iam-endpoint = " + iam.url(),
                    "iam-domain = the domain",
                    "iam-user = reader",
                    "iam-password = hun\\\"ter2"),
            source("proxied", "access-key = AKAKAK", "secret-key = hunter2", "proxy = " + iam.url()),
            "sync.retry-delay = 5ms");

    private String source(String name, String... lines) {
        StringBuilder source = new StringBuilder();
        String key = "source." + name + ".";
        source.append(key).append("endpoint = ").append(dcs.url()).append('\n');
        source.append(key).append("project-id = p1\n");
        source.append(key).append("rate-limit = 1000\n");
        source.append(key).append("name-filter = a~b c*+\n");
        for (String line : lines) {
            source.append(key).append(line).append('\n');
        }
        return source.toString();
    }

    @Override
    List<String> files() {
        return List.of("errors", "fetch-page");
    }

    @Override
    Settings settings() {
        return settings;
    }

    // ---- keys

    @Test
    void a_request_is_signed_so_that_the_endpoint_lets_it_in() throws Exception {
        dcs.replies(page("a"));
        assertThat(fetch("signed").getException()).isNull();

        HttpDouble.Request request = dcs.requests().get(0);
        assertThat(request.headers().getFirst("X-Project-Id")).isEqualTo("p1");
        assertThat(request.headers().getFirst("X-Security-Token")).isEqualTo("stst");
        assertThat(request.headers().getFirst("Authorization"))
                .contains("Access=AKAKAK, SignedHeaders=host;x-project-id;x-sdk-date;x-security-token, Signature=");
        letsIn(request, "AKAKAK", "hunter2");
    }

    @Test
    void through_a_proxy_the_signature_is_the_same() throws Exception {
        iam.replies(page("a")); // stands for the proxy
        assertThat(fetch("proxied").getException()).isNull();

        assertThat(dcs.requests()).isEmpty();
        assertThat(iam.requests().get(0).uri()).startsWith(dcs.url() + "/v2/p1/migration-tasks?");
        letsIn(iam.requests().get(0), "AKAKAK", "hunter2");
    }

    @Test
    void a_signature_that_is_refused_is_not_sent_again_and_the_clock_is_looked_at() {
        dcs.replies(status(
                401,
                "{\"error_msg\":\"verify aksk signature fail\",\"error_code\":\"APIGW.0301\"}",
                "X-Request-Id",
                "r-77"));
        Pass pass = begin("signed");
        Exchange done = fetch(pass);

        assertThat(dcs.requests()).hasSize(1);
        assertThat(done.getException())
                .hasMessageContaining("APIGW.0301 verify aksk signature fail (request r-77)")
                .hasMessageContaining("source.*.access-key")
                .hasMessageContaining("source.*.project-id")
                .hasMessageContaining("clock agrees with the endpoint's");
    }

    @Test
    void keys_whose_signature_was_refused_are_not_shown_for_another_source_either() {
        dcs.replies(status(401, "{\"error_msg\":\"verify aksk signature fail\",\"error_code\":\"APIGW.0301\"}"));
        fetch("signed");
        Pass pass = begin("signed-too");
        pass.fail(fetch(pass).getException());

        assertThat(dcs.requests()).hasSize(1);
        assertThat(pass.toClose()).containsEntry("requests", 0).containsEntry("errorCode", "keys-refused");
        assertThat(pass.toClose().get("errorMessage").toString())
                .contains("not asked: the endpoint refused a signature by these keys 0 s ago")
                .contains("check source.signed-too.access-key and source.signed-too.secret-key");
        assertThat(fetch("proxied").getException()).as("another pair").hasMessageNotContaining("not asked");
    }

    // ---- tokens

    @Test
    void a_token_is_asked_for_once_and_shown() {
        iam.replies(token("T1", "2026-11-25T00:00:00.000000Z"));
        dcs.replies(page("a"));
        fetch("login");
        fetch("login-too");

        assertThat(iam.requests()).hasSize(1);
        HttpDouble.Request login = iam.requests().get(0);
        assertThat(login.method() + " " + login.uri()).isEqualTo("POST /v3/auth/tokens");
        assertThat(login.headers().getFirst("Content-Type")).startsWith("application/json");
        assertThat(login.body())
                .isEqualTo(
                        "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":{\"name\":\"reader\","
                                + "\"password\":\"hunter2\",\"domain\":{\"name\":\"the domain\"}}}},"
                                + "\"scope\":{\"project\":{\"id\":\"p1\"}}}}");
        assertThat(dcs.requests()).hasSize(2).allSatisfy(request -> assertThat(
                        request.headers().getFirst("X-Auth-Token"))
                .isEqualTo("T1"));
    }

    @Test
    void sources_of_one_user_that_come_at_once_log_in_once() throws Exception {
        iam.replies(exchange -> {
            TimeUnit.MILLISECONDS.sleep(200);
            token("T1", "2026-11-25T00:00:00Z").to(exchange);
        });
        dcs.replies(page("a"));
        List<CompletableFuture<Exchange>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(CompletableFuture.supplyAsync(() -> fetch("login")));
            all.add(CompletableFuture.supplyAsync(() -> fetch("login-too")));
        }
        for (CompletableFuture<Exchange> one : all) {
            assertThat(one.get(10, TimeUnit.SECONDS).getException()).isNull();
        }
        assertThat(iam.requests()).hasSize(1);
        assertThat(dcs.requests()).hasSize(8);
    }

    @Test
    void after_a_401_one_new_token_is_asked_for_and_the_page_repeated_once() {
        AtomicInteger logins = new AtomicInteger();
        iam.replies(exchange ->
                token("T" + logins.incrementAndGet(), "2026-11-25T00:00:00Z").to(exchange));
        dcs.replies(page("a"), status(401, "{}"), page("b"), status(401, "{}"), status(401, "{}"));
        Pass pass = begin("login");

        accept(pass, fetch(pass));
        accept(pass, fetch(pass));
        assertThat(fetch(pass).getException())
                .hasMessageContaining("IAM gave a token and the endpoint does not accept");

        assertThat(shown()).containsExactly("T1", "T1", "T2", "T2", "T3");
        assertThat(logins).hasValue(3);
        assertThat(pass.toClose()).containsEntry("requests", 5).containsEntry("retries", 2);
        dcs.replies(page("c"));
        fetch("login-too");
        assertThat(shown()).as("one that was refused never comes back").last().isEqualTo("T4");
    }

    @Test
    void trouble_after_a_401_does_not_end_the_tries() {
        AtomicInteger logins = new AtomicInteger();
        iam.replies(exchange ->
                token("T" + logins.incrementAndGet(), "2026-11-25T00:00:00Z").to(exchange));
        dcs.replies(status(401, "{}"), cutOff("{"), status(503, ""), page("a"));

        assertThat(fetch("login").getException()).isNull();
        assertThat(shown()).containsExactly("T1", "T2", "T2", "T2");
    }

    @Test
    void a_user_who_is_refused_is_not_logged_in_for_another_project_either() {
        iam.replies(status(401, "{\"error\":{\"code\":401,\"message\":\"wrong password\"}}"));
        fetch("login");
        Exchange done = fetch("login-elsewhere");

        assertThat(iam.requests()).hasSize(1);
        assertThat(done.getException()).hasMessageContaining("not asked: 0 s ago IAM at");
    }

    @Test
    void a_login_that_is_refused_for_one_project_is_tried_for_another() {
        iam.replies(
                status(403, "{\"error\":{\"code\":403,\"message\":\"no such project\"}}"),
                token("T1", "2026-11-25T00:00:00.000000Z"));
        dcs.replies(page("a"));
        fetch("login");

        assertThat(fetch("login-elsewhere").getException()).isNull();
    }

    @Test
    void a_login_that_is_refused_is_told_without_the_password_and_no_list_is_asked_for() {
        iam.replies(status(
                401,
                "{\"error\":{\"code\":401,\"message\":\"wrong password hunter2\",\"title\":\"Unauthorized\"}}",
                "X-Request-Id",
                "iam-5"));
        Pass pass = begin("login");
        Exchange done = fetch(pass);
        fetch("login-too");

        assertThat(iam.requests()).as("not provoked again").hasSize(1);
        assertThat(dcs.requests()).isEmpty();
        pass.fail(done.getException());
        assertThat(pass.toClose())
                .containsEntry("requests", 0)
                .containsEntry("retries", 0)
                .containsEntry("errorCode", "login-refused");
        assertThat(pass.toClose().get("errorMessage").toString())
                .contains(
                        "HTTP 401: wrong password ****** (request iam-5)", "source.login.iam-endpoint", ".iam-password")
                .doesNotContain("hunter2");
        assertThat(warnings()).contains("the pass ends here").doesNotContain("hunter2");
    }

    @Test
    void not_even_half_a_password_is_told_where_the_answer_is_cut() {
        String sent = "\\\"password\\\":\\\"hun\\\\\\\"ter2\\\"";
        iam.replies(status(400, "{\"error\":{\"message\":\"" + "x".repeat(283) + sent + "\"}}"));

        assertThat(fetch("quoted").getException())
                .hasMessageContaining("HTTP 400: xxx")
                .message()
                .doesNotContain("hun");
    }

    @Test
    void an_iam_that_cannot_be_reached_is_told_with_what_to_check() {
        iam.close();

        assertThat(fetch("login").getException())
                .hasMessageContaining("IAM at " + iam.url() + " gives no token: ")
                .hasMessageEndingWith("; check source.*.iam-endpoint and source.*.proxy");
        assertThat(warnings()).contains("check source.login.iam-endpoint and source.login.proxy");
    }

    @Test
    void an_iam_that_is_away_for_a_moment_is_asked_again_within_the_attempts() {
        iam.replies(status(503, "busy"), status(502, "<html>"), token("T1", "2026-11-25T00:00:00Z"));
        dcs.replies(page("a"));
        Pass pass = begin("login");

        assertThat(fetch(pass).getException()).isNull();
        assertThat(pass.toClose()).containsEntry("requests", 1).containsEntry("retries", 0);
    }

    @Test
    void an_iam_that_stays_away_ends_the_attempts() {
        iam.replies(status(503, "busy"));
        assertThat(fetch("login").getException())
                .hasMessageContaining("IAM at " + iam.url())
                .hasMessageContaining("503");
        assertThat(iam.requests()).hasSize(5);
        assertThat(dcs.requests()).isEmpty();
    }

    @Test
    void what_the_endpoint_says_back_of_the_credentials_is_not_told() {
        iam.replies(token("TTTT", "2026-11-25T00:00:00Z"));
        dcs.replies(exchange -> status(
                        403, "you sent " + exchange.getRequestHeaders().values(), "X-Request-Id", "of TTTT by AKAKAK")
                .to(exchange));

        assertThat(fetch("login").getException())
                .hasMessageContaining("HTTP 403: you sent ")
                .message()
                .doesNotContain("TTTT");
        assertThat(fetch("signed").getException())
                .hasMessageContaining("Access=******")
                .hasMessageContaining("Signature=******")
                .hasMessageContaining("(request of TTTT by ******)")
                .message()
                .doesNotContain("AKAKAK", "stst", "hunter2");
    }

    // ---- agency

    @Test
    void the_keys_of_the_agency_sign_and_are_kept() throws Exception {
        metadata.replies(
                status(200, "MT"),
                status(
                        200,
                        "{\"credential\":{\"access\":\"TAK\",\"secret\":\"TSK\",\"securitytoken\":\"TST\","
                                + "\"expires_at\":\"" + Instant.now().plusSeconds(86_400) + "\"}}"));
        dcs.replies(page("a"));
        fetch("agency");
        fetch("agency");

        assertThat(metadata.requests())
                .extracting(request -> request.method() + " " + request.uri())
                .containsExactly("PUT /meta-data/latest/api/token", "GET /openstack/latest/securitykey");
        assertThat(metadata.requests().get(0).headers().getFirst("X-Metadata-Token-Ttl-Seconds"))
                .isEqualTo("21600");
        assertThat(metadata.requests().get(1).headers().getFirst("X-Metadata-Token"))
                .isEqualTo("MT");
        assertThat(dcs.requests().get(1).headers().getFirst("X-Security-Token")).isEqualTo("TST");
        letsIn(dcs.requests().get(1), "TAK", "TSK");
    }

    @Test
    void metadata_without_tokens_is_asked_without() {
        metadata.replies(
                status(404, ""),
                status(
                        200,
                        "{\"credential\":{\"access\":\"TAK\",\"secret\":\"TSK\",\"securitytoken\":\"TST\","
                                + "\"expires_at\":\"" + Instant.now().plusSeconds(86_400) + "\"}}"));
        dcs.replies(page("a"));

        assertThat(fetch("agency").getException()).isNull();
        assertThat(metadata.requests().get(1).headers().containsKey("X-Metadata-Token"))
                .isFalse();
    }

    @Test
    void a_server_without_agency_is_told_so() {
        metadata.replies(status(200, "MT"), status(404, "not found"));

        assertThat(fetch("agency").getException())
                .hasMessageContaining("HTTP 404: not found")
                .hasMessageContaining("give this server an agency");
        assertThat(dcs.requests()).isEmpty();
    }

    private static HttpDouble.Reply token(String token, String expiresAt) {
        return status(
                201,
                "{\"token\":{\"issued_at\":\"2026-11-24T00:00:00.000000Z\",\"expires_at\":\"" + expiresAt + "\"}}",
                "X-Subject-Token",
                token);
    }

    private List<String> shown() {
        return dcs.requests().stream()
                .map(request -> request.headers().getFirst("X-Auth-Token"))
                .toList();
    }

    private static void letsIn(HttpDouble.Request request, String accessKey, String secretKey) throws Exception {
        URI uri = URI.create(request.uri());
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        new SignatureCheck(accessKey, secretKey, Clock.systemUTC())
                .check(new ReceivedCall(request.method(), uri.getRawPath(), uri.getRawQuery(), headers));
    }

    private static void accept(Pass pass, Exchange done) {
        assertThat(done.getException()).isNull();
        ListedPage page = done.getVariable("page", ListedPage.class);
        CheckEntry check = new CheckEntry();
        pass.receive(
                page,
                page.toCheck().stream().flatMap(List::stream).map(check::check).toList());
        pass.accept();
    }

    private Pass begin(String source) {
        return passes.begin(source, "test", false);
    }

    private Exchange fetch(String source) {
        return fetch(begin(source));
    }

    private Exchange fetch(Pass pass) {
        return send("fetch-page", Map.of("pass", pass));
    }
}
