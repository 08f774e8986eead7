package io.dcssync.source.auth;

import io.dcssync.config.SourceSettings;

/** What a request must show cannot be had. The message says why and what to do, and shows no secret. */
public final class CredentialsUnavailable extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean worthAnotherTry;

    CredentialsUnavailable(String code, String message, boolean worthAnotherTry) {
        super(message);
        this.code = code;
        this.worthAnotherTry = worthAnotherTry;
    }

    /** Returns the same with the keys of this source where it says what to check. */
    public CredentialsUnavailable of(SourceSettings source) {
        return new CredentialsUnavailable(
                code, getMessage().replace("source.*.", "source." + source.name() + "."), worthAnotherTry);
    }

    /** Returns a short code. */
    public String code() {
        return code;
    }

    /** Returns whether asking for them again may help. */
    public boolean worthAnotherTry() {
        return worthAnotherTry;
    }
}
