package io.dcssync.source.auth;

import io.dcssync.config.Auth;
import io.dcssync.config.Secret;
import io.dcssync.config.SourceSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.client5.http.classic.HttpClient;

/** Makes the authentication of each source. Sources that log in alike, or use the same agency, share what they get. */
public final class Authentications {

    private static final Duration TOKEN_MARGIN = Duration.ofHours(1);
    private static final Duration KEYS_MARGIN = Duration.ofMinutes(40);

    /** A token is good for one project. */
    private record TokenOf(Auth.Login login, String projectId) {}

    private final Map<Auth.Login, RefusedLogin> refusedLogins = new HashMap<>();
    private final Map<TokenOf, Renewable<Secret>> tokens = new HashMap<>();
    private final Map<Auth.EcsAgency, Renewable<Auth.AccessKeys>> agencies = new HashMap<>();
    private final Map<String, RefusedKeys> refused = new HashMap<>();
    private final Clock clock;

    public Authentications(Clock clock) {
        this.clock = clock;
    }

    /**
     * Makes the authentication of a source.
     *
     * @param client what IAM or the metadata is asked through, should it be this source that asks
     */
    public Authentication of(SourceSettings source, HttpClient client) {
        String project = source.projectId();
        if (source.auth() instanceof Auth.AccessKeys keys) {
            return signed(
                    Renewable.fixed(keys),
                    source,
                    "check source.*.access-key and source.*.secret-key (source.*.security-token too, if they are temporary)"
                            + (project.isEmpty() ? "" : ", that the user may use source.*.project-id"));
        }
        if (source.auth() instanceof Auth.EcsAgency agency) {
            Renewable<Auth.AccessKeys> keys = agencies.computeIfAbsent(
                    agency,
                    none -> new Renewable<>(new AgencyKeys(agency, client, clock), KEYS_MARGIN, System::nanoTime));
            return signed(
                    keys,
                    source,
                    "check that the agency of this server may "
                            + (project.isEmpty() ? "list the projects" : "use source.*.project-id"));
        }
        if (source.auth() instanceof Auth.Login login) {
            RefusedLogin refusedLogin =
                    refusedLogins.computeIfAbsent(login, none -> new RefusedLogin(System::nanoTime));
            return new TokenRequests(tokens.computeIfAbsent(
                    new TokenOf(login, project),
                    none -> new Renewable<>(
                            refusedLogin.guarding(new IamLogin(login, project, client)),
                            TOKEN_MARGIN,
                            System::nanoTime)));
        }
        return new NoAuthentication();
    }

    private Authentication signed(Renewable<Auth.AccessKeys> keys, SourceSettings source, String whatToCheck) {
        String endpoint = source.endpoint().getAuthority().toLowerCase(Locale.ROOT);
        return new SignedRequests(
                keys,
                source.projectId(),
                whatToCheck,
                refused.computeIfAbsent(endpoint, none -> new RefusedKeys(clock)),
                clock);
    }
}
