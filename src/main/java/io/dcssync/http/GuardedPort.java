package io.dcssync.http;

import io.dcssync.config.HttpSettings;
import io.dcssync.listapi.ErrorBody;
import io.dcssync.listapi.ReceivedCall;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Route;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Stands before all that is answered on the program's HTTP port, whatever routes there are: the guard is asked first,
 * every answer has the headers that tell browsers to be careful (a route may set others in their place), and what no
 * route answers is a 404. It leaves the management port alone.
 */
public final class GuardedPort extends LifecycleStrategySupport {

    private static final Map<String, String> CAREFUL = Map.of(
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "no-referrer",
            "Cache-Control", "no-store");

    private final Guard guard;
    private final Set<VertxPlatformHttpRouter> guarded = ConcurrentHashMap.newKeySet();

    public GuardedPort(HttpSettings http) {
        this.guard = new Guard(http);
    }

    /** Takes its place with the first route that is made: by then the port is open, and no route has started. */
    @Override
    public void onRoutesAdd(Collection<Route> routes) {
        for (Route route : routes) {
            route.getCamelContext().getRegistry().findByType(VertxPlatformHttpRouter.class).stream()
                    .filter(VertxPlatformHttpRouter::isMainServer)
                    .filter(guarded::add)
                    .forEach(this::guard);
        }
    }

    private void guard(VertxPlatformHttpRouter router) {
        router.route().order(Integer.MIN_VALUE).handler(this::receive).failureHandler(GuardedPort::fail);
        // no failure handler is asked where the query cannot be decoded
        router.errorHandler(400, request -> answer(request.response(), ErrorBody.of(400)));
        router.route().order(Integer.MAX_VALUE).handler(request -> answer(request.response(), ErrorBody.unknownPath()));
    }

    private void receive(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        HttpServerResponse response = routing.response();
        response.headers().setAll(CAREFUL);
        HostAndPort authority = request.authority();
        Optional<ErrorBody> refusal =
                guard.refuse(routing.normalizedPath(), authority == null ? "" : authority.host(), callOf(request));
        if (refusal.isEmpty()) {
            routing.next();
            return;
        }
        if (refusal.get().status() == 401 && guard.asksForLogin(routing.normalizedPath())) {
            response.putHeader("WWW-Authenticate", "Basic realm=\"dcs-sync\", charset=\"UTF-8\"");
        }
        answer(response, refusal.get());
    }

    private static ReceivedCall callOf(HttpServerRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        if (request.authority() != null) { // by HTTP/2 the host is no header
            headers.putIfAbsent("host", request.authority().toString());
        }
        return new ReceivedCall(request.method().name(), request.path(), request.query(), headers);
    }

    /** What goes wrong before a route has it is the request's fault as a rule: its escapes, its size. */
    private static void fail(RoutingContext routing) {
        int status = routing.statusCode() < 0 ? 500 : routing.statusCode();
        ErrorBody text = status < 500 ? ErrorBody.of(400) : ErrorBody.internal();
        answer(routing.response(), new ErrorBody(status, text.code(), text.message()));
    }

    private static void answer(HttpServerResponse response, ErrorBody error) {
        response.setStatusCode(error.status())
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(error.json()));
    }
}
