package io.dcssync.config;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where traces go.
 *
 * @param endpoint base URL of the collector
 * @param headers sent with them, as the collector may ask who sends
 */
public record TraceSettings(URI endpoint, Map<String, Secret> headers) {

    public TraceSettings {
        headers = Map.copyOf(headers);
    }

    /** Returns the headers that a comma list of {@code name=value} names; of one that is named twice, the last. */
    static Map<String, Secret> headers(Secret list) {
        return Arrays.stream(list.reveal().split(",", -1))
                .map(header -> header.strip().split("=", 2))
                .collect(Collectors.toMap(header -> header[0], header -> new Secret(header[1]), (first, last) -> last));
    }
}
