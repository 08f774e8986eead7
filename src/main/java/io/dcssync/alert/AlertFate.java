package io.dcssync.alert;

import java.sql.Timestamp;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What became of an alert, in words. Takes rows of the ledger's statements. */
public final class AlertFate {

    private final Set<String> channels;
    private final Map<Object, Map<String, Object>> digests = new HashMap<>();

    /**
     * @param channels the channels that the configuration at hand knows
     * @param digests the digests that may tell of the alerts
     */
    public AlertFate(Set<String> channels, List<Map<String, Object>> digests) {
        this.channels = channels;
        digests.forEach(digest -> this.digests.put(digest.get("alert_id"), digest));
    }

    /** Returns what became of an alert so far. */
    String of(Map<String, Object> alert) {
        return switch ((String) alert.get("state")) {
            case "delivered" -> delivered(alert);
            case "dead" ->
                "dead: given up at attempt %s, which met: %s; to send it again: alerts retry %s"
                        .formatted(alert.get("attempts"), alert.get("last_error"), alert.get("alert_id"));
            case "suppressed" -> notSent(alert);
            default -> pending(alert);
        };
    }

    /** Returns when a pending alert is tried next, or what keeps it from being tried. */
    public String next(Map<String, Object> alert) {
        return hindrance(alert).orElseGet(() -> time(alert.get("next_attempt_at")));
    }

    /** Returns a time of the ledger in UTC, to the second. */
    public static String time(Object at) {
        return ((Timestamp) at).toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String delivered(Map<String, Object> alert) {
        String at = "delivered at " + time(alert.get("delivered_at"));
        return alert.get("last_error") == null ? at : at + ", but " + alert.get("last_error");
    }

    private Optional<String> hindrance(Map<String, Object> alert) {
        if ((Boolean) alert.get("held")) {
            return Optional.of("its pass is under way");
        }
        if ((Boolean) alert.get("being_sent")) {
            return Optional.of("being sent");
        }
        return channels.contains(alert.get("channel")) ? Optional.empty() : Optional.of("no such channel here");
    }

    private String pending(Map<String, Object> alert) {
        return "pending: " + hindrance(alert).orElseGet(() -> whenNext(alert)) + soFar(alert);
    }

    private static String whenNext(Map<String, Object> alert) {
        if (alert.get("waits_for") != null) {
            return "waits for alert %s, an earlier one of the same task".formatted(alert.get("waits_for"));
        }
        boolean due = (Boolean) alert.get("due");
        return (due ? "due since " : "next attempt at ") + time(alert.get("next_attempt_at"));
    }

    private static String soFar(Map<String, Object> alert) {
        String attempts = ", attempts so far " + alert.get("attempts");
        return alert.get("last_error") == null ? attempts : attempts + ", the last met: " + alert.get("last_error");
    }

    private String notSent(Map<String, Object> alert) {
        String reason = (String) alert.get("reason");
        return switch (reason) {
            case "first-sync" -> "not sent: it had failed already when the source was first read (first-sync)";
            case "digest" ->
                "told of in digest %s, which is %s"
                        .formatted(alert.get("digest_id"), of(digests.get(alert.get("digest_id"))));
            case "muted" ->
                "not sent: %s; to send it after all: alerts retry %s".formatted(mute(alert), alert.get("alert_id"));
            case "no-incident" -> noIncident(alert);
            case "dropped" -> "given up by alerts drop; to send it after all: alerts retry " + alert.get("alert_id");
            default -> "not sent: " + reason;
        };
    }

    private static String noIncident(Map<String, Object> alert) {
        return ("resolved".equals(alert.get("kind"))
                        ? "not sent: it resolves an incident, and the channel keeps none now"
                        : "not sent: a recovery opens no incident, and the channel keeps nothing else now")
                + " (alert.%s.format)".formatted(alert.get("channel"));
    }

    private static String mute(Map<String, Object> alert) {
        if (alert.get("mute_id") == null) {
            return "muted by a mute that was deleted since";
        }
        Object until = alert.get("muted_until");
        return "muted %s by %s (mute %s): %s"
                .formatted(
                        until == null ? "for good" : "until " + time(until),
                        alert.get("muted_by"),
                        alert.get("mute_id"),
                        alert.get("why"));
    }
}
