package io.dcssync.simulator;

import io.dcssync.listapi.ErrorBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * What every request meets first and every answer passes last, as at the API gateway: each answer is dated, and a request
 * that cannot be read is answered in the documented form. Thread-safe.
 */
final class FrontDoor {

    /** As RFC 9110 has it: two digits for the day, which RFC_1123_DATE_TIME does not always give. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH);

    private final Clock clock;

    /** @param clock what answers are dated by */
    FrontDoor(Clock clock) {
        this.clock = clock;
    }

    void enter(RoutingContext request) {
        // when it leaves, which may be long after it came
        request.addHeadersEndHandler(leaving -> request.response().putHeader(HttpHeaders.DATE, date()));
        request.next();
    }

    /** Answers a request whose escapes cannot be decoded; Vert.x would with two plain words. */
    void refuse(RoutingContext request) {
        ErrorBody error = ErrorBody.of(400);
        request.response()
                .setStatusCode(error.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Buffer.buffer(error.json()));
    }

    private String date() {
        return DATE.format(ZonedDateTime.now(clock.withZone(ZoneOffset.UTC)));
    }
}
