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
import java.util.Set;

/**
 * Decides who is answered. Callers of the mirror show what the mirror asks for; where it asks for nothing, they show
 * user and password like all others, if these are set.
 *
 * <p>Who need show nothing must have asked for this machine by one of its own names: otherwise a web page from anywhere,
 * whose owner lets its host name point here, could read what is answered with the browser of somebody on this machine
 * (DNS rebinding). Nor may a page of another site ask for more than a look. Credentials are compared in a time that tells nothing of them. Thread-safe.
 */
final class Guard {

    private static final Set<String> LOOKS = Set.of("GET", "HEAD", "OPTIONS");

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
            } catch (RefusedRequest refused) {
                return Optional.of(refused.error());
            }
        } else if (!anyHost && !HttpSettings.isLoopback(hostName)) {
            return Optional.of(ErrorBody.rejected("without http.user and http.password the host must be asked for as "
                    + "localhost or by its loopback address; http.open = true allows any name."));
        }
        return isSentByAnotherSite(call)
                ? Optional.of(ErrorBody.rejected("a web page of another site may not ask for this."))
                : Optional.empty();
    }

    /**
     * Whether a page of another site has a browser ask for more than a look: browsers send along the credentials that
     * they know, whoever asks. What is no browser says nothing of sites.
     */
    private static boolean isSentByAnotherSite(ReceivedCall call) {
        if (LOOKS.contains(call.method())) {
            return false;
        }
        String site = call.headers().getOrDefault("sec-fetch-site", "");
        if (!site.isEmpty()) {
            return !site.equals("same-origin");
        }
        // over plain HTTP, browsers name the page's origin only
        String origin = call.headers().getOrDefault("origin", "");
        String host = call.headers().getOrDefault("host", "");
        return !origin.isEmpty() && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(host);
    }

    /** Whether user and password must be shown for this path. */
    boolean asksForLogin(String path) {
        return login.isPresent() && !(isMirror(path) && mirror.isPresent());
    }

    private static boolean isMirror(String path) {
        return path.startsWith("/v2/");
    }
}
