package io.dcssync.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * An HTTP client whose requests are measured, until the head of the answer is there. Nothing of their addresses shows,
 * which may be secrets. Thread-safe.
 */
public final class MeteredHttp implements HttpClientConfigurer, ExecChainHandler {

    private final HttpClientConfigurer inner;
    private final MeterRegistry registry;
    private final String client;

    /** @param client whose requests they are, as the metrics say it */
    public MeteredHttp(HttpClientConfigurer inner, MeterRegistry registry, String client) {
        this.inner = inner;
        this.registry = registry;
        this.client = client;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        inner.configureHttpClient(builder);
        builder.addExecInterceptorFirst("metrics", this);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Timer.Sample sample = Timer.start(registry);
        String status = "none";
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            status = String.valueOf(response.getCode());
            return response;
        } finally {
            sample.stop(Timer.builder("dcs.sync.http.requests")
                    .description(
                            "HTTP requests that went out, until the head of the answer; status none: no answer came")
                    .tag("client", client)
                    .tag("status", status)
                    .register(registry));
        }
    }
}
