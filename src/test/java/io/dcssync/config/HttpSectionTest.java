package io.dcssync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSectionTest {

    @TempDir
    Path folder;

    @Test
    void unless_told_otherwise_it_answers_on_loopback_without_a_login() {
        HttpSettings http = new Configuration(folder).file().read().http();

        assertThat(http.host()).isEqualTo("127.0.0.1");
        assertThat(http.port()).isEqualTo(8080);
        assertThat(http.login()).isEmpty();
        assertThat(http.open()).isFalse();
        assertThat(http.mirror()).isEqualTo(new HttpSettings.MirrorAuth.None());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.7", "dcs.example.com", "128.0.0.1", "localhost.example.com"})
    void a_host_that_other_machines_reach_needs_a_login_unless_it_is_open(String host) {
        assertThat(new Configuration(folder).file("http.host = " + host).problems())
                .containsExactly(
                        "http.host = " + host + " (1.properties:1): lets other machines ask: set http.user and "
                                + "http.password, or http.open = true to let everybody read");
        assertThat(new Configuration(folder)
                        .file("http.host = " + host, "http.open = true")
                        .read()
                        .http()
                        .open())
                .isTrue();
        assertThat(new Configuration(folder)
                        .file("http.host = " + host, "http.user = me", "http.password = geheim")
                        .read()
                        .http()
                        .login()
                        .orElseThrow()
                        .toString())
                .contains("me")
                .doesNotContain("geheim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1", "[::1]"})
    void loopback_needs_none(String host) {
        assertThat(new Configuration(folder)
                        .file("http.host = " + host)
                        .read()
                        .http()
                        .host())
                .isEqualTo(host);
    }

    @Test
    void user_and_password_go_together() {
        assertThat(new Configuration(folder).file("http.user = me").problems())
                .containsExactly("http.user = me (1.properties:1): needs http.password, which is not set");
        assertThat(new Configuration(folder).file("http.password = geheim").problems())
                .containsExactly("http.password = ****** (1.properties:1): needs http.user, which is not set");
    }

    @Test
    void what_the_mirror_asks_for_must_be_known() {
        assertThat(new Configuration(folder).file("http.mirror.auth = token").problems())
                .containsExactly(
                        "http.mirror.auth = token (1.properties:1): needs http.mirror.token, which is not set");
        assertThat(new Configuration(folder).file("http.mirror.auth = aksk").problems())
                .containsExactly(
                        "http.mirror.auth = aksk (1.properties:1): needs http.mirror.access-key, which is not set",
                        "http.mirror.auth = aksk (1.properties:1): needs http.mirror.secret-key, which is not set");
    }

    @Test
    void a_mirror_that_seems_guarded_and_is_not_is_refused() {
        assertThat(new Configuration(folder).file("http.mirror.token = geheim").problems())
                .containsExactly("http.mirror.token = ****** (1.properties:1): is asked of nobody while "
                        + "http.mirror.auth is none: set that too, or leave it out");
    }

    @Test
    void the_two_ports_differ_unless_any_will_do() {
        assertThat(new Configuration(folder).file("http.port = 9876").problems())
                .containsExactly("http.management-port (not set): must be another one than http.port");
        assertThat(new Configuration(folder)
                        .file("http.port = 0", "http.management-port = 0")
                        .read()
                        .http()
                        .port())
                .isZero();
    }
}
