package io.dcssync.traces;

import io.opentelemetry.api.trace.Span;
import org.apache.camel.Exchange;

/** A pass, once its run is opened. It begins a trace. */
record PassSpan(RecentPasses passes) implements Step {

    @Override
    public String span() {
        return "pass";
    }

    @Override
    public void begun(Span span, Exchange exchange) {
        span.setAttribute("dcs.source", exchange.getVariable("source", String.class));
        span.setAttribute("dcs.trigger", exchange.getVariable("trigger", String.class));
        long run = exchange.getContext()
                .resolveLanguage("simple")
                .createExpression("${variable.pass.run}")
                .evaluate(exchange, Long.class);
        span.setAttribute("dcs.run", run);
        passes.add(run, span);
        // what it is called where it was taken over and is not closed by us
        span.setAttribute("dcs.outcome", "abandoned");
    }
}
