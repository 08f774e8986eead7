package io.dcssync.source;

/** An answer of the endpoint that is no page of the list. */
public final class UnusableAnswer extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean worthAnotherTry;

    /**
     * @param code short code, the endpoint's own where it gave one
     * @param message what was received, and what to do about it
     * @param worthAnotherTry whether the same request may be answered with a page next time
     */
    UnusableAnswer(String code, String message, boolean worthAnotherTry) {
        super(message);
        this.code = code;
        this.worthAnotherTry = worthAnotherTry;
    }

    String code() {
        return code;
    }

    boolean worthAnotherTry() {
        return worthAnotherTry;
    }
}
