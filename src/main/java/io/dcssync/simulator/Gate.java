package io.dcssync.simulator;

import io.dcssync.listapi.CallerCheck;
import io.dcssync.listapi.ReceivedCall;
import io.dcssync.listapi.RefusedRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

/** Lets in who shows what callers must show. Reads the request itself: query parameters would land in Camel's headers. */
public final class Gate {

    private final CallerCheck check;

    Gate(CallerCheck check) {
        this.check = check;
    }

    /** Refuses the exchange's request with 401, or does nothing. */
    public void check(Exchange exchange) throws RefusedRequest {
        HttpServerRequest request = exchange.getIn(HttpMessage.class).getRequest();
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        check.check(new ReceivedCall(request.method().name(), request.path(), request.query(), headers));
    }
}
