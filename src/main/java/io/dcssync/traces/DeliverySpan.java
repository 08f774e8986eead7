package io.dcssync.traces;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Language;

/** One attempt to send an alert, and to record that it failed; those that arrived are recorded a few at once. */
record DeliverySpan(RecentPasses passes) implements Step {

    @Override
    public String span() {
        return "delivery";
    }

    @Override
    public SpanKind kind() {
        return SpanKind.PRODUCER;
    }

    /** The pass that found what is told of, which may have ended long ago. */
    @Override
    public Span parent(Exchange exchange) {
        return passes.of(exchange.getMessage().getBody(Map.class).get("run_id"));
    }

    @Override
    public void begun(Span span, Exchange exchange) {
        Map<?, ?> alert = exchange.getMessage().getBody(Map.class);
        span.setAttribute("dcs.alert", ((Number) alert.get("alert_id")).longValue());
        span.setAttribute("dcs.channel", (String) alert.get("channel"));
        span.setAttribute("dcs.kind", (String) alert.get("kind"));
        span.setAttribute("dcs.source", (String) alert.get("source"));
        span.setAttribute("dcs.task", (String) alert.get("task_id"));
        if (alert.get("run_id") instanceof Number run) {
            span.setAttribute("dcs.run", run.longValue());
        }
        // until something else is known
        span.setAttribute("dcs.state", "pending");
    }

    @Override
    public void ended(Span span, Span parent, Exchange exchange) {
        Language simple = exchange.getContext().resolveLanguage("simple");
        if (simple.createPredicate("${variable.attempt.isSent}").matches(exchange)) {
            span.setAttribute("dcs.state", "delivered");
            span.setAttribute(
                    "dcs.attempts",
                    simple.createExpression("${variable.attempt.alert[attempts]}")
                                    .evaluate(exchange, Long.class)
                            + 1);
        }
    }
}
