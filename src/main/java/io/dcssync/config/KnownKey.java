package io.dcssync.config;

/**
 * One key that the configuration knows: a row of {@link KnownKeys}.
 *
 * @param pattern the key, with {@code <name>} or {@code <channel>} where a source or channel names itself
 * @param fallback what holds where the key is not set
 * @param meaning one line for the reader of a reference page
 */
public record KnownKey<T>(Tier tier, String pattern, ValueType<T> type, Fallback fallback, String meaning) {

    /** How often a user needs the key. */
    public enum Tier {
        ESSENTIAL,
        FREQUENT,
        RARE
    }

    /** What holds where a key is not set. */
    public record Fallback(Kind kind, String text) {

        /** Whether the text is a value, or words for something that is worked out. */
        public enum Kind {
            VALUE,
            WORDS,
            NOTHING,
            REQUIRED
        }

        static Fallback is(String value) {
            return new Fallback(Kind.VALUE, value);
        }

        static Fallback words(String description) {
            return new Fallback(Kind.WORDS, description);
        }

        static Fallback nothing() {
            return new Fallback(Kind.NOTHING, "");
        }

        static Fallback required() {
            return new Fallback(Kind.REQUIRED, "");
        }
    }

    /** Whether the value must not be seen. Then the key with {@code -file} is known too: a file holds the value. */
    public boolean secret() {
        return type.secret();
    }

    /** The key of one source or channel; a key without such a name is itself. */
    public String of(String name) {
        return pattern.replace("<name>", name).replace("<channel>", name);
    }
}
