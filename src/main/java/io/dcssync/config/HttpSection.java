package io.dcssync.config;

import io.dcssync.config.HttpSettings.Login;
import io.dcssync.config.HttpSettings.MirrorAuth;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code http.}: checked together, and read. */
final class HttpSection {

    /** What must be set for the ways in which callers of the mirror can show who they are. */
    private static final Map<String, List<KnownKey<Secret>>> NEEDED = Map.of(
            "token", List.of(KnownKeys.HTTP_MIRROR_TOKEN),
            "aksk", List.of(KnownKeys.HTTP_MIRROR_ACCESS_KEY, KnownKeys.HTTP_MIRROR_SECRET_KEY));

    private final Values values;

    HttpSection(Values values) {
        this.values = values;
    }

    /** Notes what does not go together. */
    void check() {
        checkLogin();
        checkMirror();
        checkPorts();
    }

    private void checkLogin() {
        boolean user = values.isSet(KnownKeys.HTTP_USER, "");
        boolean password = values.isSet(KnownKeys.HTTP_PASSWORD, "");
        if (user && !password) {
            values.refuse(KnownKeys.HTTP_USER, "", "needs http.password, which is not set");
        }
        if (password && !user) {
            values.refuse(KnownKeys.HTTP_PASSWORD, "", "needs http.user, which is not set");
        }
        boolean open = values.find(KnownKeys.HTTP_OPEN, "").orElse(false);
        Optional<String> host = values.find(KnownKeys.HTTP_HOST, "");
        if (host.isPresent() && !HttpSettings.isLoopback(host.get()) && !user && !password && !open) {
            values.refuse(
                    KnownKeys.HTTP_HOST,
                    "",
                    "lets other machines ask: set http.user and http.password, or http.open = true to let everybody "
                            + "read");
        }
    }

    private void checkMirror() {
        String auth = values.find(KnownKeys.HTTP_MIRROR_AUTH, "").orElse("");
        for (KnownKey<?> shown : NEEDED.getOrDefault(auth, List.of())) {
            if (!values.isSet(shown, "")) {
                values.refuse(KnownKeys.HTTP_MIRROR_AUTH, "", "needs " + shown.pattern() + ", which is not set");
            }
        }
        if (auth.equals("none")) {
            NEEDED.values().stream()
                    .flatMap(List::stream)
                    .filter(shown -> values.isSet(shown, ""))
                    .forEach(shown -> values.refuse(
                            shown,
                            "",
                            "is asked of nobody while http.mirror.auth is none: set that too, or leave it out"));
        }
    }

    /** Also where the hosts differ, since Camel tells its servers apart by their ports. */
    private void checkPorts() {
        Optional<Integer> port = values.find(KnownKeys.HTTP_PORT, "").filter(number -> number > 0);
        if (port.isPresent() && port.equals(values.find(KnownKeys.HTTP_MANAGEMENT_PORT, ""))) {
            values.refuse(KnownKeys.HTTP_MANAGEMENT_PORT, "", "must be another one than http.port");
        }
    }

    /** Returns the settings, which must have been found to be good. */
    HttpSettings read() {
        return new HttpSettings(
                values.get(KnownKeys.HTTP_HOST, ""),
                values.get(KnownKeys.HTTP_PORT, ""),
                values.find(KnownKeys.HTTP_USER, "")
                        .map(user -> new Login(user, values.get(KnownKeys.HTTP_PASSWORD, ""))),
                values.get(KnownKeys.HTTP_OPEN, ""),
                mirror(),
                values.get(KnownKeys.HTTP_MANAGEMENT_HOST, ""),
                values.get(KnownKeys.HTTP_MANAGEMENT_PORT, ""));
    }

    private MirrorAuth mirror() {
        return switch (values.get(KnownKeys.HTTP_MIRROR_AUTH, "")) {
            case "token" -> new MirrorAuth.Token(values.get(KnownKeys.HTTP_MIRROR_TOKEN, ""));
            case "aksk" ->
                new MirrorAuth.Signature(
                        values.get(KnownKeys.HTTP_MIRROR_ACCESS_KEY, ""),
                        values.get(KnownKeys.HTTP_MIRROR_SECRET_KEY, ""));
            default -> new MirrorAuth.None();
        };
    }
}
