package io.dcssync.http;

import io.dcssync.config.HttpSettings;
import io.dcssync.config.HttpSettings.MirrorAuth;
import io.dcssync.listapi.ErrorBody;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/**
 * Decides who is answered. Callers of the mirror show the token, where there is one; all others, and callers of the
 * mirror where there is none, show user and password, where they are set.
 *
 * <p>Who need show nothing must have asked for this machine by one of its own names: otherwise a web page from anywhere,
 * whose host name its owner lets point here, could read what is answered with the browser of somebody on this machine (DNS
 * rebinding). Credentials are compared in a time that tells nothing of them. Immutable.
 */
final class Guard {

    private static final String BASIC = "basic ";

    /** What the guard looks at; each may be null. */
    record Shown(String hostName, String authorization, String token) {}

    private final HttpSettings http;

    Guard(HttpSettings http) {
        this.http = http;
    }

    /**
     * Returns what to answer to a caller who is to be refused; nothing for one who may ask.
     *
     * @param path normalized, so that it is the one by which the request is routed
     */
    Optional<ErrorBody> refuse(String path, Shown shown) {
        if (isMirror(path) && http.mirror() instanceof MirrorAuth.Token expected) {
            return isEqual(shown.token(), expected.token().reveal())
                    ? Optional.empty()
                    : Optional.of(ErrorBody.notAuthenticated());
        }
        if (asksForLogin(path)) {
            return isLogin(shown.authorization()) ? Optional.empty() : Optional.of(ErrorBody.notAuthenticated());
        }
        if (http.open() || (shown.hostName() != null && HttpSettings.isLoopback(shown.hostName()))) {
            return Optional.empty();
        }
        return Optional.of(ErrorBody.rejected("without http.user and http.password the host must be asked for as "
                + "localhost or by its loopback address; http.open = true allows any name."));
    }

    /** Whether user and password must be shown for this path. */
    boolean asksForLogin(String path) {
        return http.login().isPresent() && !(isMirror(path) && http.mirror() instanceof MirrorAuth.Token);
    }

    private static boolean isMirror(String path) {
        return path.startsWith("/v2/");
    }

    private boolean isLogin(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return false;
        }
        HttpSettings.Login login = http.login().orElseThrow();
        try {
            byte[] given = Base64.getDecoder()
                    .decode(authorization.substring(BASIC.length()).strip());
            return MessageDigest.isEqual(
                    given, utf8(login.user() + ":" + login.password().reveal()));
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }

    private static boolean isEqual(String given, String expected) {
        return given != null && MessageDigest.isEqual(utf8(given), utf8(expected));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
