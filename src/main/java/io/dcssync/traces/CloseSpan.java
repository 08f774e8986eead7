package io.dcssync.traces;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** The closing of a run, which says of the pass what it came to. */
final class CloseSpan implements Step {

    private static final List<String> COUNTS = List.of(
            "requests",
            "retries",
            "pages",
            "tasks_read",
            "inserted",
            "changed",
            "unchanged",
            "duplicates",
            "rejected",
            "transitions",
            "missing");

    @Override
    public String span() {
        return "close";
    }

    @Override
    public void ended(Span span, Span pass, Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof Map<?, ?> run) {
            String outcome = String.valueOf(run.get("outcome"));
            pass.setAttribute("dcs.outcome", outcome);
            COUNTS.forEach(count -> {
                if (run.get(count) instanceof Number number) {
                    pass.setAttribute("dcs." + count, number.longValue());
                }
            });
            if (run.get("error_code") instanceof String code) {
                pass.setAttribute("dcs.error_code", code);
            }
            if (outcome.equals("failed")) {
                pass.setStatus(StatusCode.ERROR);
            }
        }
    }
}
