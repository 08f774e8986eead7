package io.dcssync.config;

import java.util.Set;

/**
 * Refuses what the table of keys knows and this version cannot do yet, so that nothing is silently done in another
 * way. Each refusal here goes when its feature comes.
 */
final class NotYetOffered {

    private static final Set<String> WITHOUT_EFFECT = Set.of("schedule.store");

    private NotYetOffered() {}

    /** Whether the key is checked but has no effect in this version; its line in the shipped file says so. */
    static boolean hasNoEffect(KnownKey<?> key) {
        return WITHOUT_EFFECT.contains(key.pattern());
    }

    static void refuse(Values values, KeysAtHand keys) {
        keys.channels().forEach(name -> refuseChannel(values, name));
    }

    private static void refuseChannel(Values values, String name) {
        values.find(KnownKeys.ALERT_FORMAT, name)
                .filter(format -> !format.equals("cloudevents") && !format.equals("text"))
                .ifPresent(format ->
                        values.refuse(KnownKeys.ALERT_FORMAT, name, "this version offers only cloudevents and text"));
    }
}
