package io.dcssync.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dcssync.DocumentedAlerts;
import io.dcssync.config.Secret;
import io.dcssync.outbound.HttpDouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The function that the page of alerts shows for SMN, as FunctionGraph calls it, on a stand-in for SMN. */
class SmnRelayTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String LINE = "FAILED orders-cache (42) in prod: 订单 timed out";
    private static final String AS_FUNCTION_GRAPH_CALLS_IT = """

            import sys

            class Context:
                def __init__(self, variables): self.variables = variables
                def getUserData(self, name): return self.variables.get(name)
                def getProjectID(self): return "project-1"
                def getToken(self): return "a-token"

            given = json.loads(sys.argv[1])
            print(handler(given["event"], Context(given["variables"]))["statusCode"])
            """;

    @AutoClose
    private final HttpDouble smn = HttpDouble.start();

    @Test
    void it_publishes_what_is_signed() throws Exception {
        smn.replies(HttpDouble.status(200, "{\"message_id\":\"1\"}"));

        assertThat(called(LINE, LINE)).endsWith("200");

        assertThat(smn.requests()).singleElement().satisfies(request -> {
            assertThat(request.method() + " " + request.uri())
                    .isEqualTo("POST /v2/project-1/notifications/topics/urn:smn:eu-de:project-1:ops/publish");
            assertThat(request.headers().getFirst("X-Auth-Token")).isEqualTo("a-token");
            assertThat(new ObjectMapper()
                            .readTree(request.body())
                            .path("message")
                            .asText())
                    .isEqualTo(LINE);
        });
    }

    @Test
    void what_is_not_signed_by_dcs_sync_reaches_nobody() throws Exception {
        assertThat(called(LINE, LINE + "!")).endsWith("401");

        assertThat(smn.requests()).isEmpty();
    }

    @Test
    void what_smn_refuses_is_an_error_and_so_sent_again() throws Exception {
        smn.replies(HttpDouble.status(503, "busy"));

        assertThat(called(LINE, LINE)).contains("HTTP Error 503");
    }

    private String called(String signed, String sent) throws Exception {
        Map<String, String> headers = new HashMap<>(new Signature(new Secret(SECRET))
                .headers("e-1", Instant.now(), signed.getBytes(StandardCharsets.UTF_8)));
        headers.put("Webhook-Id", "e-1");
        Map<String, Object> event = Map.of(
                "headers",
                headers,
                "body",
                Base64.getEncoder().encodeToString(sent.getBytes(StandardCharsets.UTF_8)),
                "isBase64Encoded",
                true);
        Map<String, String> variables =
                Map.of("SECRET", SECRET, "SMN_ENDPOINT", smn.url(), "TOPIC_URN", "urn:smn:eu-de:project-1:ops");
        String given = new ObjectMapper().writeValueAsString(Map.of("event", event, "variables", variables));
        Process python;
        try {
            python = new ProcessBuilder(
                            "python3",
                            "-X",
                            "utf8",
                            "-c",
                            DocumentedAlerts.signatureCheck() + AS_FUNCTION_GRAPH_CALLS_IT,
                            given)
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            assertThat(System.getProperty("browser"))
                    .as("there is no python3 here, and the build wants all that tests need")
                    .isNotEqualTo("required");
            return abort("there is no python3 here");
        }
        return new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
