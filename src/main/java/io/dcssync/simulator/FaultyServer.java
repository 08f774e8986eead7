package io.dcssync.simulator;

import io.dcssync.listapi.ErrorBody;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Lets passing faults befall requests of lists, before anything else sees them. Thread-safe. */
final class FaultyServer implements Handler<RoutingContext> {

    private static final long SLOW_MILLIS = 2000;

    private final Supplier<Faults> faults;
    private final Dice dice;

    /**
     * @param faults what is wrong at present
     * @param seed which request meets which fault follows from it, as long as they come one after the other
     */
    FaultyServer(Supplier<Faults> faults, long seed) {
        this.faults = faults;
        this.dice = new Dice(seed);
    }

    @Override
    public void handle(RoutingContext context) {
        Optional<Fault> fault = context.request().path().startsWith("/v2/") ? draw() : Optional.empty();
        if (fault.isEmpty()) {
            context.next();
        } else {
            befall(fault.get(), context);
        }
    }

    private synchronized Optional<Fault> draw() {
        return faults.get().draw(dice);
    }

    private static void befall(Fault fault, RoutingContext context) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = request.response();
        switch (fault) {
            case SERVER_ERROR -> send(response, ErrorBody.internal());
            case BAD_GATEWAY ->
                response.setStatusCode(502)
                        .putHeader("Content-Type", "text/html")
                        .end("<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>");
            case THROTTLED -> send(response, ErrorBody.throttled("limit:600,time:1 minute"));
            case THROTTLED_FOR_A_TIME -> send(response.putHeader("Retry-After", "1"), ErrorBody.throttled());
            case RESET -> request.connection().close();
            case TRUNCATE -> {
                Buffer half = Buffer.buffer("{\"count\":1000,\"migration_tasks\":[{\"task_id\":\"");
                response.putHeader("Content-Type", "application/json")
                        .putHeader("Content-Length", String.valueOf(2 * half.length()))
                        .write(half)
                        .onComplete(sent -> request.connection().close());
            }
            case SLOW -> {
                request.pause();
                context.vertx().setTimer(SLOW_MILLIS, timer -> {
                    request.resume();
                    context.next();
                });
            }
            case HANG -> {
                // until the caller gives up
            }
            default -> throw new IllegalStateException("bug: " + fault + " does not befall single requests");
        }
    }

    private static void send(HttpServerResponse response, ErrorBody error) {
        response.setStatusCode(error.status())
                .putHeader("Content-Type", "application/json")
                .putHeader("X-Request-Id", UUID.randomUUID().toString())
                .end(Buffer.buffer(error.json()));
    }
}
