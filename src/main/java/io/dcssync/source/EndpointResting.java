package io.dcssync.source;

import java.time.Duration;

/** A request was not sent, as the endpoint has failed so often that it is left alone for now. */
final class EndpointResting extends Exception {

    private static final long serialVersionUID = 1L;

    EndpointResting(int failures, Duration rest) {
        super(
                "not asked: the endpoint failed %d times in a row, over all its sources; it is asked once every %d s until it is back"
                        .formatted(failures, rest.toSeconds()));
    }
}
