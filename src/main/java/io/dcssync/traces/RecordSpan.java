package io.dcssync.traces;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Map;
import org.apache.camel.Exchange;

/** The record of an attempt to send an alert that failed, which says of it what it came to. */
final class RecordSpan implements Step {

    @Override
    public String span() {
        return "record";
    }

    @Override
    public void ended(Span span, Span delivery, Exchange exchange) {
        delivery.setStatus(StatusCode.ERROR);
        if (exchange.getMessage().getBody() instanceof Map<?, ?> recorded) {
            delivery.setAttribute("dcs.state", (String) recorded.get("state"));
            delivery.setAttribute("dcs.attempts", ((Number) recorded.get("attempts")).longValue());
        }
    }
}
