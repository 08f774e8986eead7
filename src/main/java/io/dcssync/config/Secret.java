package io.dcssync.config;

import java.util.Objects;

/**
 * A value that must not be seen: {@link #toString()} hides it, so it cannot slip into a log line, an exception or a
 * record's text. Immutable.
 */
public final class Secret {

    private final String value;

    /** Takes a value, which may be empty but not null. */
    public Secret(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /** Returns the value itself; hand it on only to what must know it. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "******";
    }
}
