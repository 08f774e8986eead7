package io.dcssync.traces;

import io.dcssync.config.Secret;
import io.dcssync.config.TraceSettings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The way to the collector, OTLP over HTTP: spans are sent in batches by a thread of their own, and those that cannot be sent
 * are lost. Thread-safe.
 */
final class Collector implements AutoCloseable {

    // tells each failure on standard error, past our log; what it is worth is told by ToldOnce. Kept, or it is
    // forgotten
    private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");
    private static final Duration REQUEST = Duration.ofSeconds(5);
    private static final Duration LAST_REQUEST = Duration.ofSeconds(2);

    private final SdkTracerProvider spans;

    /** @param node this process, as the ledger calls it */
    Collector(TraceSettings settings, String node, String version) {
        LIBRARY.setLevel(Level.OFF);
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.endpoint() + "/v1/traces")
                .setConnectTimeout(REQUEST)
                .setTimeout(REQUEST)
                // the next batch is soon enough to try again
                .setRetryPolicy(null)
                .setMeterProvider(MeterProvider::noop);
        settings.headers().forEach((name, value) -> addHeader(exporter, name, value));
        spans = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(
                                AttributeKey.stringKey("service.name"), "dcs-sync",
                                AttributeKey.stringKey("service.version"), version,
                                AttributeKey.stringKey("service.instance.id"), node))))
                .addSpanProcessor(BatchSpanProcessor.builder(new ToldOnce(
                                exporter.build(), settings.endpoint().toString()))
                        .setScheduleDelay(Duration.ofSeconds(1))
                        .build())
                .build();
    }

    private static void addHeader(OtlpHttpSpanExporterBuilder exporter, String name, Secret value) {
        exporter.addHeader(name, value.reveal());
    }

    Tracer tracer() {
        return spans.get("io.dcssync");
    }

    /** Sends what is left, where that takes no longer than a moment. */
    @Override
    public void close() {
        spans.shutdown().join(LAST_REQUEST.toMillis(), TimeUnit.MILLISECONDS);
    }
}
