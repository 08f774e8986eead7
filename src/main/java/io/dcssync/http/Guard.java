package io.dcssync.http;

import io.dcssync.config.HttpSettings;
import io.dcssync.config.HttpSettings.MirrorAuth;
import io.dcssync.listapi.CallerCheck;
import io.dcssync.listapi.ErrorBody;
import io.dcssync.listapi.ReceivedCall;
import io.dcssync.listapi.RefusedRequest;
import io.dcssync.listapi.SignatureCheck;
import io.dcssync.listapi.TokenCheck;
import java.time.Clock;
import java.util.Optional;

/**
 * Decides who is answered. Callers of the mirror show what the mirror asks for; where it asks for nothing, they show
 * user and password like all others, if these are set.
 *
 * <p>Who need show nothing must have asked for this machine by one of its own names: otherwise a web page from anywhere,
 * whose owner lets its host name point here, could read what is answered with the browser of somebody on this machine
 * (DNS rebinding). Credentials are compared in a time that tells nothing of them. Thread-safe.
 */
final class Guard {

    private final boolean anyHost;
    private final Optional<CallerCheck> login;
    private final Optional<CallerCheck> mirror;

    Guard(HttpSettings http) {
        this.anyHost = http.open();
        this.login = http.login().map(BasicCheck::new);
        this.mirror = checkOf(http.mirror());
    }

    private static Optional<CallerCheck> checkOf(MirrorAuth auth) {
        if (auth instanceof MirrorAuth.Token shown) {
            return Optional.of(TokenCheck.of(shown.token().reveal()));
        }
        if (auth instanceof MirrorAuth.Signature keys) {
            return Optional.of(new SignatureCheck(
                    keys.accessKey().reveal(), keys.secretKey().reveal(), Clock.systemUTC()));
        }
        return Optional.empty();
    }

    /**
     * Returns what to answer to a caller who is to be refused; nothing for one who may ask.
     *
     * @param path normalized, so that it is the one by which the request is routed
     * @param hostName the host that was asked for, without its port; "" where none was named
     */
    Optional<ErrorBody> refuse(String path, String hostName, ReceivedCall call) {
        Optional<CallerCheck> check = asksForLogin(path) ? login : isMirror(path) ? mirror : Optional.empty();
        if (check.isPresent()) {
            try {
                check.get().check(call);
                return Optional.empty();
            } catch (RefusedRequest refused) {
                return Optional.of(refused.error());
            }
        }
        if (anyHost || HttpSettings.isLoopback(hostName)) {
            return Optional.empty();
        }
        return Optional.of(ErrorBody.rejected("without http.user and http.password the host must be asked for as "
                + "localhost or by its loopback address; http.open = true allows any name."));
    }

    /** Whether user and password must be shown for this path. */
    boolean asksForLogin(String path) {
        return login.isPresent() && !(isMirror(path) && mirror.isPresent());
    }

    private static boolean isMirror(String path) {
        return path.startsWith("/v2/");
    }
}
