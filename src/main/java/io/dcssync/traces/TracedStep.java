package io.dcssync.traces;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Makes a step, in a span within that of the step it is part of. The exchange carries the span, as some steps end on another
 * thread than they began on. Thread-safe.
 */
final class TracedStep extends DelegateAsyncProcessor {

    private final Step step;
    private final Tracer tracer;

    TracedStep(Processor made, Step step, Tracer tracer) {
        super(made);
        this.step = step;
        this.tracer = tracer;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Span parent = step.parent(exchange);
        Span span = tracer.spanBuilder(step.span())
                .setSpanKind(step.kind())
                .setParent(Context.root().with(parent))
                .startSpan();
        step.begun(span, exchange);
        exchange.setProperty(Step.SPAN, span);
        return super.process(exchange, doneSync -> {
            exchange.setProperty(Step.SPAN, parent);
            end(span, parent, exchange);
            callback.done(doneSync);
        });
    }

    private void end(Span span, Span parent, Exchange exchange) {
        if (exchange.getException() == null) {
            step.ended(span, parent, exchange);
        } else {
            span.setStatus(StatusCode.ERROR);
            span.setAttribute("error.type", exchange.getException().getClass().getName());
        }
        span.end();
    }
}
