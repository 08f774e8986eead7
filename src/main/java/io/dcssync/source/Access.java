package io.dcssync.source;

import io.dcssync.outbound.Connections;
import io.dcssync.outbound.OutboundHttp;
import io.dcssync.source.auth.Authentication;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/** How the requests of one source go out: over which connections, to which endpoint, and as whose. Thread-safe. */
public final class Access implements HttpClientConfigurer {

    private final OutboundHttp http;
    private final Connections connections;
    private final Endpoint endpoint;
    private final Authentication authentication;

    Access(OutboundHttp http, Connections connections, Endpoint endpoint, Authentication authentication) {
        this.http = http;
        this.connections = connections;
        this.endpoint = endpoint;
        this.authentication = authentication;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        http.configureHttpClient(builder);
        connections.addTo(builder);
        // last, so that it signs what leaves
        builder.addRequestInterceptorLast(authentication);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Authentication authentication() {
        return authentication;
    }

    /** Returns an answer without the credentials that the endpoint may have said back. */
    byte[] withoutCredentials(byte[] answer) {
        return authentication.hide(answer);
    }

    /** Cuts short what is under way, a login too, and lets nothing more out. */
    void stop() {
        http.cancelAll();
        endpoint.stop();
    }
}
