package io.dcssync.source.auth;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that has to be fetched anew before it expires: a token, temporary keys. It is fetched by one thread at a
 * time; who comes meanwhile waits and takes what came of that, the failure too. While the old one is still good, a
 * failure to fetch a new one is only told. Thread-safe.
 */
final class Renewable<T> {

    /** Asks for a new one. */
    interface Fetch<T> {
        Fetched<T> fetch() throws CredentialsUnavailable;
    }

    /** A new one. {@code life} is how long it is good, from when it was asked for. */
    record Fetched<T>(T value, Duration life) {}

    private static final Logger log = LoggerFactory.getLogger(Renewable.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);

    private final Fetch<T> fetch;
    private final Duration margin;
    private final LongSupplier nanoTime;

    private T value;
    private long renewAt;
    private long expiresAt;
    private CredentialsUnavailable failure;
    private long failedAt;

    /** @param margin how long before it expires it is renewed; at most half its life */
    Renewable(Fetch<T> fetch, Duration margin, LongSupplier nanoTime) {
        this.fetch = fetch;
        this.margin = margin;
        this.nanoTime = nanoTime;
    }

    /** One that is always good. */
    static <T> Renewable<T> fixed(T value) {
        return new Renewable<>(() -> new Fetched<>(value, Duration.ofDays(10_000)), Duration.ZERO, System::nanoTime);
    }

    /** Returns one that is good, a new one where that is due. */
    T current() throws CredentialsUnavailable {
        long asked = nanoTime.getAsLong();
        return current(asked);
    }

    private synchronized T current(long asked) throws CredentialsUnavailable {
        boolean good = value != null && nanoTime.getAsLong() - expiresAt < 0;
        if (good && nanoTime.getAsLong() - renewAt < 0) {
            return value;
        }
        if (!good && failure != null && isStill(asked)) {
            throw failure;
        }
        try {
            renew();
        } catch (CredentialsUnavailable e) {
            if (!good) {
                failure = e;
                failedAt = nanoTime.getAsLong();
                throw e;
            }
            renewAt = nanoTime.getAsLong() + PAUSE_AFTER_FAILURE.toNanos();
            log.warn(
                    "new credentials cannot be had yet, the old ones are used while they are good; next try in {} s: {}",
                    PAUSE_AFTER_FAILURE.toSeconds(),
                    e.getMessage());
        }
        return value;
    }

    /** Whether asking again is no use: who waited for the answer shares it, and a refusal is not provoked again at once. */
    private boolean isStill(long asked) {
        boolean waited = asked - failedAt < 0;
        boolean refused = !failure.worthAnotherTry() && nanoTime.getAsLong() - failedAt < PAUSE_AFTER_FAILURE.toNanos();
        return waited || refused;
    }

    private void renew() throws CredentialsUnavailable {
        long start = nanoTime.getAsLong();
        Fetched<T> fetched = fetch.fetch();
        Duration early = min(margin, fetched.life().dividedBy(2));
        value = fetched.value();
        expiresAt = start + fetched.life().toNanos();
        renewAt = expiresAt - early.toNanos();
        failure = null;
    }

    /** Never gives this one out again. */
    synchronized void forget(T refused) {
        if (refused != null && refused.equals(value)) {
            value = null;
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
