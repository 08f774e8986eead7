package io.dcssync.source;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One DCS endpoint, as all its sources share it: how fast it is asked, and whether it is asked at all. After many
 * failures in a row it is left alone for a while, then asked once to see whether it is back. Thread-safe.
 */
final class Endpoint {

    private static final Logger log = LoggerFactory.getLogger(Endpoint.class);
    private static final int FAILURES_IN_A_ROW = 20;
    private static final Duration REST = Duration.ofSeconds(10);
    /** Whatever it asks for, it is asked again after this long: what it said may have been a mistake. */
    private static final Duration LONGEST_HOLD = Duration.ofHours(1);

    private static final CircuitBreakerConfig AFTER_FAILURES = CircuitBreakerConfig.custom()
            .slidingWindowSize(FAILURES_IN_A_ROW)
            .minimumNumberOfCalls(FAILURES_IN_A_ROW)
            .failureRateThreshold(100)
            .waitDurationInOpenState(REST)
            .permittedNumberOfCallsInHalfOpenState(1)
            // should an answer get lost on its way to us
            .maxWaitDurationInHalfOpenState(Duration.ofMinutes(1))
            .build();

    private final String name;
    private final RateLimit rate;
    private final CircuitBreaker breaker;

    /** @param url base URL of one of its sources */
    Endpoint(URI url, int requestsPerSecond) {
        name = nameOf(url);
        rate = new RateLimit(requestsPerSecond);
        breaker = CircuitBreaker.of(name, AFTER_FAILURES);
        breaker.getEventPublisher()
                .onStateTransition(change -> tell(change.getStateTransition().getToState()));
    }

    private void tell(CircuitBreaker.State state) {
        switch (state) {
            case OPEN ->
                log.warn(
                        "endpoint {}: too many requests failed in a row; it is left alone, but for one try every {} s",
                        name,
                        REST.toSeconds());
            case CLOSED -> log.info("endpoint {}: it answers again, all its sources go on", name);
            default -> log.debug("endpoint {}: {}", name, state);
        }
    }

    /** What two URLs of the same endpoint have in common: scheme, host and port. */
    static String nameOf(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }

    /**
     * Waits for the turn of the next request.
     *
     * @param longest how long the caller can wait
     * @throws TurnTooLate at once, where it would have to wait longer
     */
    void awaitTurn(Duration longest) throws TurnTooLate {
        if (rate.recover()) {
            log.info("endpoint {}: asked as often as configured again, as it has refused nothing for an hour", name);
        }
        Duration away = rate.await(longest);
        if (!away.isZero()) {
            throw new TurnTooLate(away);
        }
    }

    /** Says no where the endpoint is left alone for now. What becomes of a request that may go must be told. */
    void refuseWhileResting() throws EndpointResting {
        if (!breaker.tryAcquirePermission()) {
            throw new EndpointResting(FAILURES_IN_A_ROW, REST);
        }
    }

    /** A request was answered, be it with a refusal. */
    void answered() {
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    /** A request ended without an answer, or with one that says that the endpoint is in trouble. */
    void failed(Throwable thrown) {
        breaker.onError(0, TimeUnit.NANOSECONDS, thrown);
    }

    /** Leaves at least this much time between requests from now on, as the endpoint asks for. */
    void slowTo(Duration spacing) {
        if (rate.slowTo(spacing)) {
            log.info("endpoint {}: a request every {} ms from now on, as it allows no more", name, spacing.toMillis());
        }
    }

    /** Lets no request of any source out for this long, as the endpoint asks for; an hour at most. */
    void hold(Duration time) {
        Duration held = time.compareTo(LONGEST_HOLD) < 0 ? time : LONGEST_HOLD;
        if (rate.hold(held).toSeconds() > 0) {
            log.info("endpoint {}: not asked for {} s, by no source, as it wishes", name, held.toSeconds());
        }
    }

    /** Ends all waiting. */
    void stop() {
        rate.stop();
    }
}
