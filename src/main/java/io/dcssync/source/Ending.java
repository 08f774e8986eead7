package io.dcssync.source;

import java.util.Map;
import java.util.Optional;

/**
 * How a pass ended, as it is stored.
 *
 * @param reason what went wrong; empty: nothing did
 */
record Ending(String outcome, Optional<Reason> reason) {

    static Ending failed(Reason reason) {
        return new Ending("failed", Optional.of(reason));
    }

    static Ending stopped() {
        return abandoned("stopped", "the program was stopped in mid-pass");
    }

    static Ending takenOver() {
        return abandoned("taken-over", "its process gave no sign of life for longer than its lease");
    }

    static Ending of(Verdict verdict) {
        if (verdict instanceof Verdict.Failed failed) {
            return failed(new Reason(failed.code(), failed.message(), false));
        }
        if (verdict instanceof Verdict.Suspect suspect) {
            return new Ending("suspect", Optional.of(new Reason("not-whole", suspect.reason(), false)));
        }
        return new Ending(verdict instanceof Verdict.Repaired ? "repaired" : "complete", Optional.empty());
    }

    private static Ending abandoned(String code, String message) {
        return new Ending("abandoned", Optional.of(new Reason(code, message, false)));
    }

    /** Whether the pass was shown to be whole, as far as it can know. */
    boolean isWhole() {
        return reason.isEmpty();
    }

    /** Adds what the ledger has to know. */
    void addTo(Map<String, Object> facts) {
        facts.put("outcome", outcome);
        facts.put("errorCode", reason.map(Reason::code).orElse(null));
        facts.put(
                "errorMessage", reason.map(Reason::message).map(Storable::text).orElse(null));
    }
}
