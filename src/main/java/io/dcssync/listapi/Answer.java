package io.dcssync.listapi;

/** What is sent back for a request: a status and a JSON body. Immutable. */
public sealed interface Answer permits ListBody, ErrorBody {

    /** Returns the HTTP status. */
    int status();

    /** Returns the body, UTF-8; callers must not change it. */
    byte[] json();
}
