package io.dcssync.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dcssync.listapi.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Body;

/** The IAM of a simulated DCS: logs its one user in, and names the projects. Thread-safe. */
public final class SimulatedIam {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIFE = Duration.ofHours(24);
    private static final int SHORT_USE = 10;

    private final SimulatedAuth auth;
    private final List<String> projectIds;
    private final int uses;
    private final Map<String, Integer> usesLeft = new ConcurrentHashMap<>();

    SimulatedIam(SimulatedAuth auth, List<String> projectIds, Faults faults) {
        this.auth = auth;
        this.projectIds = projectIds;
        this.uses = faults.has(Fault.TOKEN_EXPIRY) ? SHORT_USE : Integer.MAX_VALUE;
    }

    /** Tells whether a token was given out and is still good, and uses it once. */
    boolean isGood(String token) {
        Integer left = usesLeft.computeIfPresent(token, (same, before) -> before - 1);
        return left != null && left >= 0;
    }

    /** Answers a login. */
    public Answer logIn(@Body String body) {
        JsonNode request;
        try {
            request = JSON.readTree(String.valueOf(body)).path("auth");
        } catch (IOException e) {
            return IamAnswer.refused(400, "Bad Request", "The request body is no JSON.");
        }
        JsonNode user = request.path("identity").path("password").path("user");
        JsonNode scope = request.path("scope");
        String projectId = scope.path("project").path("id").asText();
        if (!(auth instanceof SimulatedAuth.Login login)
                || !user.path("name").asText().equals(login.user())
                || !user.path("password").asText().equals(login.password().reveal())
                || user.path("domain").path("name").asText().isEmpty()) {
            return IamAnswer.refused(401, "Unauthorized", "The username or password is wrong.");
        }
        if (!scope.has("domain") && !projectIds.contains(projectId)) {
            return IamAnswer.refused(401, "Unauthorized", "The project " + projectId + " is not the user's.");
        }
        String token = UUID.randomUUID().toString().replace("-", "");
        usesLeft.put(token, uses);
        return new IamAnswer(201, described(projectId, user), Map.of("X-Subject-Token", token));
    }

    private static ObjectNode described(String projectId, JsonNode user) {
        Instant now = Instant.now();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode token = body.putObject("token");
        token.put("issued_at", now.toString());
        token.put("expires_at", now.plus(LIFE).toString());
        token.putArray("methods").add("password");
        token.putObject("project").put("id", projectId);
        token.putObject("user").put("name", user.path("name").asText());
        return body;
    }

    /** Lists the projects, and one of object storage, as every account has it. */
    public Answer projects() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode projects = body.putArray("projects");
        for (int i = 0; i < projectIds.size(); i++) {
            projects.add(project(projectIds.get(i), i == 0 ? "eu-de" : "eu-de_team-" + i));
        }
        projects.add(project("0" + "a".repeat(31), "MOS"));
        body.putObject("links").putNull("next");
        return new IamAnswer(200, body, Map.of());
    }

    private static ObjectNode project(String id, String name) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("name", name)
                .put("enabled", true);
    }
}
