package io.dcssync.ledger;

/** The database cannot be reached, refuses the login, or cannot be used. The message says what to do. */
public final class DatabaseRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
