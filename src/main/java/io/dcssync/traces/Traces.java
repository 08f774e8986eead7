package io.dcssync.traces;

import io.dcssync.config.TraceSettings;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;

/**
 * Traces of passes and of what they alert: a span for each of the {@link Steps}, to a collector. Nothing of a trace travels to
 * a source or a channel. Thread-safe.
 */
public final class Traces implements InterceptStrategy, AutoCloseable {

    private final Collector collector;
    private final Map<String, Step> steps = Steps.byId();

    /** @param node this process, as the ledger calls it */
    public Traces(TraceSettings settings, String node, String version) {
        collector = new Collector(settings, node, version);
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext camel, NamedNode definition, Processor target, Processor next) {
        Step step = definition.getId() == null ? null : steps.get(definition.getId());
        return step == null ? target : new TracedStep(target, step, collector.tracer());
    }

    /** Sends what is left, where that takes no longer than a moment. */
    @Override
    public void close() {
        collector.close();
    }
}
