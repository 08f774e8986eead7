package io.dcssync.traces;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a step, in a span within that of the step it is part of. The exchange carries the span, as some steps end on another
 * thread than they began on. Whatever becomes of the span, the step is made and its end is told. Thread-safe.
 */
final class TracedStep extends DelegateAsyncProcessor {

    private static final Logger log = LoggerFactory.getLogger(TracedStep.class);

    private final Step step;
    private final Tracer tracer;

    TracedStep(Processor made, Step step, Tracer tracer) {
        super(made);
        this.step = step;
        this.tracer = tracer;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Span parent = parent(exchange);
        Span span = tracer.spanBuilder(step.span())
                .setSpanKind(step.kind())
                .setParent(Context.root().with(parent))
                .startSpan();
        tell(() -> step.begun(span, exchange));
        exchange.setProperty(Step.SPAN, span);
        return super.process(exchange, doneSync -> {
            try {
                exchange.setProperty(Step.SPAN, parent);
                tell(() -> end(span, parent, exchange));
                span.end();
            } finally {
                callback.done(doneSync);
            }
        });
    }

    private Span parent(Exchange exchange) {
        try {
            return step.parent(exchange);
        } catch (RuntimeException e) {
            log.debug("no span is known that {} is within (bug)", step.span(), e);
            return Span.getInvalid();
        }
    }

    private void end(Span span, Span parent, Exchange exchange) {
        if (exchange.getException() == null) {
            step.ended(span, parent, exchange);
        } else {
            span.setStatus(StatusCode.ERROR);
            span.setAttribute("error.type", exchange.getException().getClass().getName());
        }
    }

    private void tell(Runnable attributes) {
        try {
            attributes.run();
        } catch (RuntimeException e) {
            log.debug("span {} does not say all that it should (bug)", step.span(), e);
        }
    }
}
