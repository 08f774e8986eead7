package io.dcssync.alert;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/** Gathers the attempts of a handful whose alerts were delivered, as a list. It fails where one of them has. Thread-safe. */
public final class GatherSent implements AggregationStrategy {

    @Override
    public Exchange aggregate(Exchange before, Exchange next) {
        Exchange all = before == null ? next : before;
        List<Attempt> sent = before == null ? new ArrayList<>() : sentOf(before);
        Attempt attempt = next.getVariable("attempt", Attempt.class);
        if (attempt != null && attempt.isSent()) {
            sent.add(attempt);
        }
        all.getMessage().setBody(sent);
        if (all.getException() == null) {
            all.setException(next.getException());
        }
        return all;
    }

    @SuppressWarnings("unchecked")
    private static List<Attempt> sentOf(Exchange before) {
        return before.getMessage().getBody(List.class);
    }
}
