package io.dcssync.source;

import java.time.Duration;
import java.util.Optional;

/** An answer of the endpoint that is no page of the list. */
public final class UnusableAnswer extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean worthAnotherTry;
    private final transient Optional<Duration> retryAfter;
    private final transient Optional<Duration> spacing;

    /**
     * @param code short code, the endpoint's own where it gave one
     * @param message what was received, and what to do about it
     * @param worthAnotherTry whether the same request may be answered with a page next time
     */
    UnusableAnswer(String code, String message, boolean worthAnotherTry) {
        this(code, message, worthAnotherTry, Optional.empty(), Optional.empty());
    }

    /**
     * @param retryAfter how long the endpoint wants us to wait before the next try; empty: it does not say
     * @param spacing how much time it wants between any two requests; empty: it does not say
     */
    UnusableAnswer(
            String code,
            String message,
            boolean worthAnotherTry,
            Optional<Duration> retryAfter,
            Optional<Duration> spacing) {
        super(message);
        this.code = code;
        this.worthAnotherTry = worthAnotherTry;
        this.retryAfter = retryAfter;
        this.spacing = spacing;
    }

    String code() {
        return code;
    }

    boolean worthAnotherTry() {
        return worthAnotherTry;
    }

    Optional<Duration> spacing() {
        return spacing;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
