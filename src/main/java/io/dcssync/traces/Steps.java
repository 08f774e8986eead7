package io.dcssync.traces;

import java.util.Map;

/** The steps that are spans, by their ids in the route files. */
final class Steps {

    private Steps() {}

    static Map<String, Step> byId() {
        RecentPasses passes = new RecentPasses();
        return Map.of(
                "make-pass", new PassSpan(passes),
                "take-page", named("page"),
                "ask-dcs", new RequestSpan(),
                "store-page-in-ledger", named("store"),
                "close-run-in-ledger", new CloseSpan(),
                "deliver-and-record", new DeliverySpan(passes),
                "record-failed-attempt-in-ledger", new RecordSpan());
    }

    private static Step named(String span) {
        return () -> span;
    }
}
