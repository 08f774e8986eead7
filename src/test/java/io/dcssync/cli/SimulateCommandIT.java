package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SimulateCommandIT {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine command = DcsSync.handlingFailures(DcsSync.commandLine())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port=70000",
                "--tasks=-1",
                "--tasks=100001",
                "--speed=-1",
                "--speed=NaN",
                "--seed=x",
                "--project-id=a/b",
                "--project-id=",
                "--auth=aksk"
            })
    void a_bad_option_is_refused_by_name(String option) {
        assertThat(command.execute("simulate", option)).isEqualTo(2);
        assertThat(err.toString()).contains(option.split("=", -1)[0]);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void a_taken_port_is_a_usage_error() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(command.execute("simulate", "--port", Integer.toString(other.getLocalPort())))
                    .isEqualTo(2);
            assertThat(err.toString()).contains(Integer.toString(other.getLocalPort()), "--port");
            assertThat(out.toString()).isEmpty();
        }
    }

    @Test
    void the_url_is_the_first_line_and_answers_for_every_project() throws Exception {
        Thread running = new Thread(() ->
                command.execute("simulate", "--port=0", "--project-id=a", "--project-id=b", "--tasks=3", "--speed=0"));
        running.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> out.toString().contains("\n"));

        String url = out.toString().lines().findFirst().orElseThrow();
        assertThat(url).matches("http://127\\.0\\.0\\.1:[1-9][0-9]*");
        for (String project : new String[] {"a", "b"}) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/v2/" + project + "/migration-tasks"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(request, BodyHandlers.ofString())
                            .body())
                    .startsWith("{\"count\":3,");
        }
        running.interrupt();
        running.join(5000);
        assertThat(running.isAlive()).isFalse();
    }
}
