package io.dcssync.config;

import java.nio.file.Path;
import java.util.Locale;

/**
 * A value as it was written, and where.
 *
 * @param origin {@code file:line} or {@code environment variable X}
 * @param layer of two layers that set the same, the higher one wins: 0 is the first file
 * @param folder what a relative path in the value is relative to
 */
record Entry(String text, String origin, int layer, Path folder) {

    /** Above all files. */
    static final int ENVIRONMENT = Integer.MAX_VALUE;

    /** The environment's value of a key. */
    static Entry ofEnvironment(String variable, String value) {
        return new Entry(value, "environment variable " + variable, ENVIRONMENT, Path.of(""));
    }

    /** The name of the environment variable that overrides a key. */
    static String variableOf(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
