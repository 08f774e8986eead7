package io.dcssync.traces;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import org.apache.camel.Exchange;

/**
 * A step of the routes that is a span: what the span says, taken from what the step is given and what it leaves. Nothing else
 * of the exchange gets into a trace: no addresses, no headers, no texts of exceptions, which may hold secrets.
 */
interface Step {

    /** Property of the exchange: the span of the step that is being made. */
    String SPAN = "dcs-sync.span";

    /** Name of the span. */
    String span();

    /** On which side of a call the span is. */
    default SpanKind kind() {
        return SpanKind.INTERNAL;
    }

    /** The span that it is part of; an invalid one: of none, it begins a trace. */
    default Span parent(Exchange exchange) {
        return exchange.getProperty(SPAN, Span.getInvalid(), Span.class);
    }

    /** Says what is known when the step begins. */
    default void begun(Span span, Exchange exchange) {}

    /** Says what the step came to. {@code parent} is the span in which the step was made. */
    default void ended(Span span, Span parent, Exchange exchange) {}
}
