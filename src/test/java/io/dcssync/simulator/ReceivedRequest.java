package io.dcssync.simulator;

import java.time.Instant;
import java.util.Map;

/**
 * A request as it came in.
 *
 * @param number 1 for the first request that the double received
 * @param path the path, still encoded
 * @param query what followed the question mark, still encoded; "" when nothing did
 * @param headers names in lower case; of a repeated header the last value
 * @param body the body as UTF-8; "" when there was none
 */
public record ReceivedRequest(
        int number, String method, String path, String query, Map<String, String> headers, String body, Instant at) {

    /** Returns a query parameter as it stands in the request, "" where it is not given. */
    public String parameter(String name) {
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return "";
    }
}
