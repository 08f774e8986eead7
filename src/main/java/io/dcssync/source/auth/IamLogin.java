package io.dcssync.source.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dcssync.config.Auth;
import io.dcssync.config.Secret;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** Logs a user in to IAM, for a token that is good for one project, or for the account as a whole. Thread-safe. */
final class IamLogin implements Renewable.Fetch<Secret> {

    /** The code of a refusal of the user as such, rather than for one project. */
    static final String REFUSED = "login-refused";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration USUAL_LIFE = Duration.ofHours(24);

    private final Auth.Login login;
    private final String projectId;
    private final HttpClient client;

    /** @param projectId empty: the token is to be good for the account */
    IamLogin(Auth.Login login, String projectId, HttpClient client) {
        this.login = login;
        this.projectId = projectId;
        this.client = client;
    }

    @Override
    public Renewable.Fetched<Secret> fetch() throws CredentialsUnavailable {
        HttpPost post = new HttpPost(login.iamEndpoint() + "/v3/auth/tokens");
        post.setHeader("Accept", "application/json");
        post.setEntity(new StringEntity(body(), ContentType.APPLICATION_JSON));
        Reply reply;
        try {
            reply = client.execute(post, Reply::of);
        } catch (IOException e) {
            throw new CredentialsUnavailable(
                    "no-token",
                    "IAM at %s gives no token: %s; check source.*.iam-endpoint and source.*.proxy"
                            .formatted(login.iamEndpoint(), e.getMessage()),
                    true);
        }
        if (reply.status() / 100 != 2 || reply.header("X-Subject-Token").isEmpty()) {
            throw refused(reply);
        }
        return new Renewable.Fetched<>(new Secret(reply.header("X-Subject-Token")), life(reply));
    }

    private String body() {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode identity = body.putObject("auth").putObject("identity");
        identity.putArray("methods").add("password");
        ObjectNode user = identity.putObject("password").putObject("user");
        user.put("name", login.user());
        user.put("password", login.password().reveal());
        user.putObject("domain").put("name", login.domain());
        ObjectNode scope = body.withObject("/auth").putObject("scope");
        if (projectId.isEmpty()) {
            scope.putObject("domain").put("name", login.domain());
        } else {
            scope.putObject("project").put("id", projectId);
        }
        return body.toString();
    }

    /** How long the token is good, by IAM's own clock. */
    private static Duration life(Reply reply) {
        JsonNode token = reply.json().path("token");
        try {
            Instant issued = Instant.parse(token.path("issued_at").asText());
            Duration life = Duration.between(
                    issued, Instant.parse(token.path("expires_at").asText()));
            return life.isNegative() ? Duration.ZERO : life;
        } catch (DateTimeException e) {
            return USUAL_LIFE; // a 401 will tell when it was less
        }
    }

    private CredentialsUnavailable refused(Reply reply) {
        String words =
                reply.error(new SentSecrets(Stream.of(login.password()))::hide).words();
        boolean passing = reply.status() == 429 || reply.status() / 100 == 5;
        String advice = passing
                ? ""
                : " – check source.*.iam-endpoint, .iam-domain, .iam-user%s; too many failed logins lock the user"
                        .formatted(projectId.isEmpty() ? " and .iam-password" : ", .iam-password and .project-id");
        return new CredentialsUnavailable(
                reply.status() == 401 ? REFUSED : "no-token",
                "IAM at %s gives no token: HTTP %d%s%s"
                        .formatted(login.iamEndpoint(), reply.status(), words.isEmpty() ? "" : ": " + words, advice),
                passing);
    }
}
