package io.dcssync.traces;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Map;
import org.apache.camel.Exchange;

/** The record of an attempt to send an alert, which says of it what it came to. */
record RecordSpan(boolean failed) implements Step {

    @Override
    public String span() {
        return "record";
    }

    @Override
    public void ended(Span span, Span delivery, Exchange exchange) {
        if (failed) {
            delivery.setStatus(StatusCode.ERROR);
        }
        if (exchange.getMessage().getBody() instanceof Map<?, ?> recorded) {
            delivery.setAttribute("dcs.state", failed ? (String) recorded.get("state") : "delivered");
            delivery.setAttribute("dcs.attempts", ((Number) recorded.get("attempts")).longValue());
        }
    }
}
