package io.dcssync.traces;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/** One try to get a page. */
final class RequestSpan implements Step {

    private static final Pattern PAGE = Pattern.compile("offset=(\\d+)&limit=(\\d+)");

    @Override
    public String span() {
        return "request";
    }

    @Override
    public SpanKind kind() {
        return SpanKind.CLIENT;
    }

    @Override
    public void begun(Span span, Exchange exchange) {
        span.setAttribute("http.request.method", "GET");
        Matcher page = PAGE.matcher(exchange.getMessage().getHeader(Exchange.HTTP_QUERY, "", String.class));
        if (page.lookingAt()) {
            span.setAttribute("dcs.offset", Long.parseLong(page.group(1)));
            span.setAttribute("dcs.limit", Long.parseLong(page.group(2)));
        }
    }

    @Override
    public void ended(Span span, Span parent, Exchange exchange) {
        Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        if (status != null) {
            span.setAttribute("http.response.status_code", status);
            if (status >= 400) {
                span.setStatus(StatusCode.ERROR);
            }
        }
    }
}
