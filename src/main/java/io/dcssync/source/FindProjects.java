package io.dcssync.source;

import io.dcssync.config.ProjectSearch;
import io.dcssync.outbound.Connections;
import io.dcssync.outbound.OutboundHttp;
import io.dcssync.source.auth.Authentications;
import io.dcssync.source.auth.CredentialsUnavailable;
import io.dcssync.source.auth.ListProjects;
import io.dcssync.source.auth.Project;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/** Finds the projects of an account, over connections that are there for that alone. */
public final class FindProjects {

    private FindProjects() {}

    /**
     * Asks IAM once.
     *
     * @throws CredentialsUnavailable if IAM does not answer, or does not accept who asks
     */
    public static List<Project> of(ProjectSearch search) throws CredentialsUnavailable {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (Connections connections =
                new Connections(search.source().trusted(), search.source().proxy())) {
            OutboundHttp http = new OutboundHttp(search.source().requestTimeout(), timer);
            Authentications authentications = new Authentications(Clock.systemUTC());
            return new ListProjects(
                            search,
                            authentications.of(
                                    search.source(), client(http, connections).build()),
                            client(http, connections))
                    .list();
        } catch (CredentialsUnavailable e) {
            throw e.of(search.source());
        } finally {
            timer.shutdownNow();
        }
    }

    private static HttpClientBuilder client(OutboundHttp http, Connections connections) {
        HttpClientBuilder client = HttpClientBuilder.create();
        http.configureHttpClient(client);
        connections.addTo(client);
        return client;
    }
}
