package io.dcssync.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the program answers, and to whom.
 *
 * @param host address of the dashboard, its JSON and the mirror
 * @param port their port; 0: any
 * @param login what callers must show; empty: nothing
 * @param open whether everybody may ask, where there is no login
 * @param mirror what callers of the mirror must show
 * @param managementHost address of health and metrics
 * @param managementPort port of health and metrics; 0: any
 */
public record HttpSettings(
        String host,
        int port,
        Optional<Login> login,
        boolean open,
        MirrorAuth mirror,
        String managementHost,
        int managementPort) {

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|::1|\\[::1\\]", Pattern.CASE_INSENSITIVE);

    /** A user and a password, for HTTP Basic. */
    public record Login(String user, Secret password) {}

    /** What callers of the mirror must show. */
    public sealed interface MirrorAuth {

        /** The same as those of the dashboard. */
        record None() implements MirrorAuth {}

        /** A token. */
        record Token(Secret token) implements MirrorAuth {}

        /** A signature that is made with these keys. */
        record Signature(Secret accessKey, Secret secretKey) implements MirrorAuth {}
    }

    /** Whether this names the machine itself, so that no other can ask. */
    public static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }
}
