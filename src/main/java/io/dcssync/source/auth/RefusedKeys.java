package io.dcssync.source.auth;

import io.dcssync.config.Auth.AccessKeys;
import io.dcssync.outbound.ErrorAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pairs of keys whose signature an endpoint has just refused, so that no other source and no other pass shows them
 * at once again: refused signatures in a row lock the keys. Thread-safe.
 */
final class RefusedKeys {

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final String SIGNATURE_REFUSED = ".0301";

    private final Map<AccessKeys, Instant> refusedAt = new ConcurrentHashMap<>();
    private final Clock clock;

    RefusedKeys(Clock clock) {
        this.clock = clock;
    }

    /** Takes note of a refusal (401); one that is about the project of who asked says nothing against the keys. */
    void add(AccessKeys keys, ErrorAnswer said) {
        boolean ofSignature =
                said.code().filter(code -> code.endsWith(SIGNATURE_REFUSED)).isPresent();
        if (ofSignature && !said.words().toLowerCase(Locale.ROOT).contains("project")) {
            refusedAt.values().removeIf(refused -> !isRecent(age(refused)));
            refusedAt.put(keys, clock.instant());
        }
    }

    /** Says no to keys that were refused less than a minute ago; not if the clock was set since, which may have helped. */
    void refuse(AccessKeys keys, String whatToCheck) throws CredentialsUnavailable {
        Instant refused = refusedAt.get(keys);
        if (refused != null && isRecent(age(refused))) {
            throw new CredentialsUnavailable(
                    "keys-refused",
                    ("not asked: the endpoint refused a signature by these keys %d s ago, and refused signatures in a row"
                                    + " lock them; they are not shown again within %d s of that – %s")
                            .formatted(age(refused).toSeconds(), PAUSE.toSeconds(), whatToCheck),
                    false);
        }
    }

    private Duration age(Instant refused) {
        return Duration.between(refused, clock.instant());
    }

    private static boolean isRecent(Duration age) {
        return !age.isNegative() && age.compareTo(PAUSE) < 0;
    }
}
