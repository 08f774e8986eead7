package io.dcssync.traces;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once that spans cannot be sent, and once that they can again, however often it was tried. Thread-safe. */
final class ToldOnce implements SpanExporter {

    private static final Logger log = LoggerFactory.getLogger(ToldOnce.class);

    private final SpanExporter exporter;
    private final String endpoint;
    private final AtomicBoolean failing = new AtomicBoolean();

    ToldOnce(SpanExporter exporter, String endpoint) {
        this.exporter = exporter;
        this.endpoint = endpoint;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode sent = exporter.export(spans);
        return sent.whenComplete(() -> tell(sent));
    }

    private void tell(CompletableResultCode sent) {
        if (!sent.isSuccess() && failing.compareAndSet(false, true)) {
            log.warn(
                    "traces cannot be sent to {}: {}. Passes and alerts go on; what is traced until it takes them is lost",
                    endpoint,
                    reason(sent.getFailureThrowable()));
        } else if (sent.isSuccess() && failing.compareAndSet(true, false)) {
            log.info("traces are sent to {} again", endpoint);
        }
    }

    /** The failure itself is of a class that is not for others; only where there was no answer it has a cause. */
    private static String reason(Throwable failure) {
        Throwable cause = failure == null ? null : failure.getCause();
        if (cause == null) {
            return "it refuses them";
        }
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
