package io.dcssync.source.auth;

import io.dcssync.config.Secret;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * That IAM has refused a user's password, so that it is not shown again for each of the user's projects and in each
 * pass: failed logins in a row lock the user. Thread-safe.
 */
final class RefusedLogin {

    /** In which IAM counts failed logins, unless the account has it otherwise. */
    private static final Duration PAUSE = Duration.ofMinutes(15);

    private final LongSupplier nanoTime;
    private CredentialsUnavailable refusal;
    private long refusedAt;

    RefusedLogin(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns a login that is not tried while the user is refused; one project's goes on while another is asked for. */
    Renewable.Fetch<Secret> guarding(IamLogin login) {
        return () -> {
            refuse();
            try {
                return login.fetch();
            } catch (CredentialsUnavailable e) {
                add(e);
                throw e;
            }
        };
    }

    private synchronized void refuse() throws CredentialsUnavailable {
        long since = nanoTime.getAsLong() - refusedAt;
        if (refusal != null && since < PAUSE.toNanos()) {
            throw new CredentialsUnavailable(
                    IamLogin.REFUSED,
                    "not asked: %d s ago %s; it is not tried again within %d minutes of that, unless the program is started anew"
                            .formatted(Duration.ofNanos(since).toSeconds(), refusal.getMessage(), PAUSE.toMinutes()),
                    false);
        }
    }

    private synchronized void add(CredentialsUnavailable e) {
        if (e.code().equals(IamLogin.REFUSED)) {
            refusal = e;
            refusedAt = nanoTime.getAsLong();
        }
    }
}
