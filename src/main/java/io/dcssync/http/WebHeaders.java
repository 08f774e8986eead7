package io.dcssync.http;

import org.apache.camel.http.base.HttpHeaderFilterStrategy;

/** The headers that may leave with an answer: as Camel has it, and how long browsers may keep it. */
public final class WebHeaders extends HttpHeaderFilterStrategy {

    public WebHeaders() {
        getOutFilter().remove("cache-control");
    }
}
