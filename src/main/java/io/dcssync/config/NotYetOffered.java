package io.dcssync.config;

import java.util.List;

/**
 * Refuses what the table of keys knows and this version cannot do yet, so that nothing is silently done in another
 * way. Each refusal here goes when its feature comes.
 */
final class NotYetOffered {

    private NotYetOffered() {}

    static void refuse(Values values, KeysAtHand keys) {
        keys.channels().forEach(name -> refuseChannel(values, name));
    }

    private static void refuseChannel(Values values, String name) {
        values.find(KnownKeys.ALERT_FORMAT, name)
                .filter(format -> !format.equals("cloudevents") && !format.equals("text"))
                .ifPresent(format ->
                        values.refuse(KnownKeys.ALERT_FORMAT, name, "this version offers only cloudevents and text"));
        values.find(KnownKeys.ALERT_URI, name)
                .filter(uri -> List.of("http:", "https:", "file:", "log:").stream()
                        .noneMatch(scheme -> uri.reveal().startsWith(scheme)))
                .ifPresent(uri -> values.refuse(
                        KnownKeys.ALERT_URI, name, "this version offers only https:, http:, file: and log: channels"));
    }
}
