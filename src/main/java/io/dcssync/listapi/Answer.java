package io.dcssync.listapi;

import java.util.Map;

/** What is sent back for a request: a status and a JSON body. Immutable. */
public interface Answer {

    /** Returns the HTTP status. */
    int status();

    /** Returns the headers that belong to this answer alone. */
    default Map<String, String> headers() {
        return Map.of();
    }

    /** Returns the body, UTF-8; callers must not change it. */
    byte[] json();
}
