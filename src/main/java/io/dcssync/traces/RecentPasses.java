package io.dcssync.traces;

import io.opentelemetry.api.trace.Span;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The spans of the passes that this process made last, by run, so that what they alert is told in their traces. Thread-safe.
 */
final class RecentPasses {

    private static final int MOST = 1000;

    private final Map<Long, Span> byRun = new LinkedHashMap<>();

    synchronized void add(long run, Span pass) {
        byRun.put(run, Span.wrap(pass.getSpanContext()));
        if (byRun.size() > MOST) {
            byRun.remove(byRun.keySet().iterator().next());
        }
    }

    /** Returns the pass with this run; none where it is not known here. */
    synchronized Span of(Object run) {
        return byRun.getOrDefault(run, Span.getInvalid());
    }
}
