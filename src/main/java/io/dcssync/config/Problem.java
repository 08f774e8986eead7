package io.dcssync.config;

import java.util.Optional;

/**
 * One thing that is wrong with the configuration. Its text is one line and shows no secret.
 *
 * @param value the value as it was written, {@code ******} for one that must not be seen; empty where there is none
 * @param origin {@code file:line}, {@code environment variable X} or {@code not set}
 * @param message what is wrong and what is allowed
 */
public record Problem(String key, Optional<String> value, String origin, String message) {

    private static final int SHOWN = 200;

    public Problem {
        key = shorten(Unprintable.outOf(key));
        value = value.map(text -> shorten(Unprintable.outOf(text)));
        message = Unprintable.outOf(message);
    }

    static Problem notSet(String key, String message) {
        return new Problem(key, Optional.empty(), "not set", message);
    }

    @Override
    public String toString() {
        return key + value.map(text -> " = " + text).orElse("") + " (" + origin + "): " + message;
    }

    private static String shorten(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
