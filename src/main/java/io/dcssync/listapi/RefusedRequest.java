package io.dcssync.listapi;

/** The request cannot be answered with a list; {@link #error()} is what to answer instead. */
public final class RefusedRequest extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient ErrorBody error;

    /** Refuses with this answer. */
    public RefusedRequest(ErrorBody error) {
        super(error.status() + " " + error.code() + ": " + error.message());
        this.error = error;
    }

    /** Returns what to answer. */
    public ErrorBody error() {
        return error;
    }
}
