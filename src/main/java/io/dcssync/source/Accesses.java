package io.dcssync.source;

import io.dcssync.config.Auth;
import io.dcssync.config.SourceSettings;
import io.dcssync.outbound.Connections;
import io.dcssync.outbound.OutboundHttp;
import io.dcssync.source.auth.Authentications;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The accesses of all sources. Sources share what they have in common: an endpoint its pace, a user the token, and all
 * that trust the same and go out the same way their connections. Thread-safe.
 */
public final class Accesses implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Accesses.class);

    /** What decides which connections may be shared. */
    private record WayOut(List<X509Certificate> trusted, Optional<URI> proxy) {}

    private final Map<WayOut, Connections> connections = new HashMap<>();
    private final Map<String, Endpoint> endpoints = new HashMap<>();
    private final Map<String, Access> bySource = new LinkedHashMap<>();

    /** @param timer cuts requests short at their deadline */
    public Accesses(Collection<SourceSettings> sources, ScheduledExecutorService timer, Clock clock) {
        sources.stream()
                .collect(Collectors.groupingBy(source -> Endpoint.nameOf(source.endpoint())))
                .forEach((name, ofOne) -> endpoints.put(name, endpoint(name, ofOne)));
        Authentications authentications = new Authentications(clock);
        for (SourceSettings source : sources) {
            OutboundHttp http = new OutboundHttp(source.requestTimeout(), timer);
            Connections toEndpoint = connections(source.trusted(), source.proxy());
            HttpClientBuilder toLogIn = HttpClientBuilder.create();
            http.configureHttpClient(toLogIn);
            // a server's metadata is on the server itself: no proxy gets there
            boolean direct = source.auth() instanceof Auth.EcsAgency;
            (direct ? connections(source.trusted(), Optional.empty()) : toEndpoint).addTo(toLogIn);
            HttpClient loginClient = toLogIn.build();
            bySource.put(
                    source.name(),
                    new Access(
                            http,
                            toEndpoint,
                            endpoints.get(Endpoint.nameOf(source.endpoint())),
                            authentications.of(source, loginClient)));
        }
    }

    /** Returns the access of each source, by its name. */
    public Map<String, Access> bySource() {
        return Collections.unmodifiableMap(bySource);
    }

    private Connections connections(List<X509Certificate> trusted, Optional<URI> proxy) {
        return connections.computeIfAbsent(new WayOut(trusted, proxy), way -> new Connections(trusted, proxy));
    }

    private static Endpoint endpoint(String name, List<SourceSettings> sources) {
        SourceSettings slowest = Collections.min(sources, Comparator.comparing(SourceSettings::rateLimit));
        if (sources.stream().anyMatch(source -> source.rateLimit() != slowest.rateLimit())) {
            log.info(
                    "endpoint {}: {} requests a second at most for its {} sources together, by source.{}.rate-limit, the lowest",
                    name,
                    slowest.rateLimit(),
                    sources.size(),
                    slowest.name());
        }
        return new Endpoint(slowest.endpoint(), slowest.rateLimit());
    }

    /** Cuts short all that is under way and lets nothing more out. */
    void stop() {
        bySource.values().forEach(Access::stop);
    }

    @Override
    public void close() {
        stop();
        connections.values().forEach(Connections::close);
    }
}
