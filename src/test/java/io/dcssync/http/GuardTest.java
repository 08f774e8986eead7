package io.dcssync.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.GivenSettings;
import io.dcssync.listapi.ErrorBody;
import io.dcssync.listapi.ReceivedCall;
import io.dcssync.listapi.RequestSignature;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {

    private static final String LIST = "/v2/p1/migration-tasks";
    private static final String[] LOGIN = {"http.user = me", "http.password = geheim: ü"};

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.8.9.10", "::1", "[::1]"})
    void on_loopback_everybody_may_ask_who_asks_for_this_machine(String host) {
        Guard guard = guard();

        assertThat(status(guard, LIST, host, Map.of())).isEqualTo(200);
        assertThat(status(guard, "/", host, Map.of())).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "128.0.0.1"})
    void a_host_name_that_is_not_this_machines_is_refused_where_nothing_else_is_asked(String host) {
        assertThat(status(guard(), LIST, host, Map.of())).isEqualTo(403);
        assertThat(status(guard(), "/api/x", host, Map.of())).isEqualTo(403);
        assertThat(status(guard("http.open = true"), LIST, host, Map.of())).isEqualTo(200);
        assertThat(status(guard(LOGIN), LIST, host, basic("me:geheim: ü"))).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"/", "/api/tasks", "/v2/p1/migration-tasks", "/v2", "/nothing"})
    void user_and_password_guard_every_path_while_the_mirror_asks_for_nothing(String path) {
        Guard guard = guard(LOGIN);

        assertThat(status(guard, path, "localhost", Map.of())).isEqualTo(401);
        assertThat(status(guard, path, "localhost", basic("me:wrong"))).isEqualTo(401);
        assertThat(status(guard, path, "localhost", basic("me:"))).isEqualTo(401);
        assertThat(status(guard, path, "localhost", basic("you:geheim: ü"))).isEqualTo(401);
        assertThat(status(guard, path, "localhost", basic("me:geheim: ü"))).isEqualTo(200);
        assertThat(guard.asksForLogin(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic ", "Basic %%%", "Bearer bWU6eA==", "bWU6eA=="})
    void a_header_that_is_no_login_is_refused(String header) {
        assertThat(status(guard(LOGIN), "/", "localhost", Map.of("authorization", header)))
                .isEqualTo(401);
    }

    @Test
    void a_token_opens_the_mirror_only() {
        Guard guard =
                guard("http.host = 0.0.0.0", LOGIN[0], LOGIN[1], "http.mirror.auth = token", "http.mirror.token = abc");

        assertThat(status(guard, LIST, "x", Map.of("x-auth-token", "abc"))).isEqualTo(200);
        assertThat(status(guard, LIST, "x", Map.of("x-auth-token", "abcd"))).isEqualTo(401);
        assertThat(status(guard, LIST, "x", Map.of())).isEqualTo(401);
        assertThat(status(guard, LIST, "x", basic("me:geheim: ü"))).isEqualTo(401);
        assertThat(status(guard, "/api/x", "x", Map.of("x-auth-token", "abc"))).isEqualTo(401);
        assertThat(status(guard, "/v2x/p1", "x", Map.of("x-auth-token", "abc"))).isEqualTo(401);
        assertThat(guard.asksForLogin(LIST)).isFalse();
    }

    @Test
    void a_signature_opens_the_mirror_to_who_has_the_keys() {
        Guard guard = guard("http.mirror.auth = aksk", "http.mirror.access-key = AK", "http.mirror.secret-key = SK");

        assertThat(status(guard, LIST, "x", signed("AK", "SK"))).isEqualTo(200);
        assertThat(status(guard, LIST, "x", signed("AK", "KS"))).isEqualTo(401);
        assertThat(status(guard, LIST, "localhost", Map.of())).isEqualTo(401);
        assertThat(status(guard, "/", "localhost", Map.of())).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "sec-fetch-site, same-origin, 200",
        "sec-fetch-site, same-site, 403",
        "sec-fetch-site, cross-site, 403",
        "origin, http://localhost:8080, 200",
        "origin, https://LOCALHOST:8080, 200",
        "origin, http://localhost:8081, 403",
        "origin, https://evil.example, 403",
        "origin, null, 403",
        "x-nothing, x, 200",
    })
    void only_a_page_of_this_host_may_ask_for_more_than_a_look(String header, String value, int status) {
        ReceivedCall post = new ReceivedCall("POST", "/api/x", null, Map.of("host", "localhost:8080", header, value));
        assertThat(guard().refuse("/api/x", "localhost", post)
                        .map(ErrorBody::status)
                        .orElse(200))
                .isEqualTo(status);
        assertThat(status(guard(), "/api/x", "localhost", Map.of("host", "localhost:8080", header, value)))
                .isEqualTo(200);
    }

    @Test
    void a_page_of_this_host_needs_the_login_all_the_same() {
        ReceivedCall post = new ReceivedCall("POST", "/api/x", null, Map.of("sec-fetch-site", "same-origin"));
        assertThat(guard(LOGIN).refuse("/api/x", "localhost", post))
                .map(ErrorBody::status)
                .contains(401);
    }

    private static Guard guard(String... lines) {
        return new Guard(GivenSettings.of(lines).http());
    }

    private static int status(Guard guard, String path, String host, Map<String, String> headers) {
        return guard.refuse(path, host, new ReceivedCall("GET", path, "limit=1", headers))
                .map(ErrorBody::status)
                .orElse(200);
    }

    private static Map<String, String> basic(String login) {
        return Map.of(
                "authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, String> signed(String accessKey, String secretKey) {
        Map<String, String> headers = new HashMap<>(Map.of(
                "host",
                "localhost:8080",
                "x-sdk-date",
                LocalDateTime.now(Clock.systemUTC()).format(DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'"))));
        headers.put(
                "authorization",
                new RequestSignature("GET", LIST, "limit=1", headers, new byte[0]).authorization(accessKey, secretKey));
        return headers;
    }
}
