package io.dcssync.config;

import java.util.Set;

/** What the table of keys knows and this version cannot do yet. */
final class NotYetOffered {

    private static final Set<String> WITHOUT_EFFECT = Set.of("schedule.store");

    private NotYetOffered() {}

    /** Whether the key is checked but has no effect in this version; its line in the shipped file says so. */
    static boolean hasNoEffect(KnownKey<?> key) {
        return WITHOUT_EFFECT.contains(key.pattern());
    }
}
