package io.dcssync.listapi;

import java.util.Map;

/**
 * A call of the API as it came in, as far as it says who calls. Its body is taken to be empty, as that of the list's
 * {@code GET} is.
 *
 * @param rawPath path as it stood in the request line, still encoded
 * @param rawQuery query as it stood there; null or empty: none
 * @param headers names in lower case
 */
public record ReceivedCall(String method, String rawPath, String rawQuery, Map<String, String> headers) {

    public ReceivedCall {
        headers = Map.copyOf(headers);
    }

    /** Returns a header, "" where it is not there. */
    String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
