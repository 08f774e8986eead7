package io.dcssync.source.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.dcssync.config.Auth;
import io.dcssync.config.Auth.AccessKeys;
import io.dcssync.config.Secret;
import io.dcssync.outbound.ErrorAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPut;

/** Asks the metadata of this server for the temporary keys of its agency. Thread-safe. */
final class AgencyKeys implements Renewable.Fetch<AccessKeys> {

    private static final Set<Integer> WITHOUT_TOKENS = Set.of(404, 405, 503);

    private final Auth.EcsAgency agency;
    private final HttpClient client;
    private final Clock clock;

    AgencyKeys(Auth.EcsAgency agency, HttpClient client, Clock clock) {
        this.agency = agency;
        this.client = client;
        this.clock = clock;
    }

    @Override
    public Renewable.Fetched<AccessKeys> fetch() throws CredentialsUnavailable {
        try {
            HttpGet get = new HttpGet(agency.metadataEndpoint() + "/openstack/latest/securitykey");
            Optional<Secret> token = metadataToken();
            token.ifPresent(shown -> get.setHeader("X-Metadata-Token", shown.reveal()));
            Reply reply = client.execute(get, Reply::of);
            if (reply.status() != 200) {
                throw refused(reply, token);
            }
            return keys(reply);
        } catch (IOException e) {
            throw new CredentialsUnavailable(
                    "no-keys",
                    "the metadata at %s gives no keys: %s; is this server an ECS?"
                            .formatted(agency.metadataEndpoint(), e.getMessage()),
                    true);
        }
    }

    /** Older metadata services have no tokens and are asked without. */
    private Optional<Secret> metadataToken() throws IOException, CredentialsUnavailable {
        HttpPut put = new HttpPut(agency.metadataEndpoint() + "/meta-data/latest/api/token");
        put.setHeader("X-Metadata-Token-Ttl-Seconds", "21600");
        Reply reply = client.execute(put, Reply::of);
        if (WITHOUT_TOKENS.contains(reply.status())) {
            return Optional.empty();
        }
        if (reply.status() != 200) {
            throw refused(reply, Optional.empty());
        }
        return Optional.of(new Secret(new String(reply.body(), StandardCharsets.UTF_8).strip()));
    }

    private Renewable.Fetched<AccessKeys> keys(Reply reply) throws CredentialsUnavailable {
        JsonNode credential = reply.json().path("credential");
        String access = credential.path("access").asText("");
        String secret = credential.path("secret").asText("");
        String token = credential.path("securitytoken").asText("");
        if (access.isEmpty() || secret.isEmpty() || token.isEmpty()) {
            throw new CredentialsUnavailable(
                    "no-keys",
                    "the metadata at %s answers without keys; give this server an agency that may read DCS"
                            .formatted(agency.metadataEndpoint()),
                    false);
        }
        AccessKeys keys = new AccessKeys(new Secret(access), new Secret(secret), Optional.of(new Secret(token)));
        return new Renewable.Fetched<>(keys, life(credential.path("expires_at").asText(), reply.header("Date")));
    }

    private Duration life(String expiresAt, String date) {
        try {
            Duration life = Duration.between(now(date), Instant.parse(expiresAt));
            return life.isNegative() ? Duration.ZERO : life;
        } catch (DateTimeException e) {
            return Duration.ZERO; // not said: asked for again before each request
        }
    }

    /** By the clock of who says when they expire, where that can be seen. */
    private Instant now(String date) {
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
        } catch (DateTimeException e) {
            return clock.instant();
        }
    }

    private CredentialsUnavailable refused(Reply reply, Optional<Secret> token) {
        ErrorAnswer error = reply.error(new SentSecrets(token.stream())::hide);
        boolean passing = reply.status() == 429 || reply.status() / 100 == 5;
        return new CredentialsUnavailable(
                "no-keys",
                "the metadata at %s gives no keys: HTTP %d%s%s"
                        .formatted(
                                agency.metadataEndpoint(),
                                reply.status(),
                                error.words().isEmpty() ? "" : ": " + error.words(),
                                passing ? "" : " – give this server an agency that may read DCS"),
                passing);
    }
}
