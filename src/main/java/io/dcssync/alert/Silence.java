package io.dcssync.alert;

import io.dcssync.config.AlertKind;
import io.dcssync.config.ChannelSettings;
import io.dcssync.config.ValueType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why nobody, or not every channel, was told of a change of status, in words. */
final class Silence {

    private final Map<String, Object> change;
    private final Optional<String> kind;

    /**
     * @param change a row of the statement explain-task
     * @param told the rows of its alerts
     */
    Silence(Map<String, Object> change, List<Map<String, Object>> told) {
        this.change = change;
        this.kind = told.stream()
                .map(alert -> (String) alert.get("kind"))
                .findFirst()
                .or(() -> isNewFailure() ? Optional.of(ValueType.written(AlertKind.FAILED)) : Optional.empty());
    }

    /** Returns a line for each of the channels that have no alert, or one for all if none had one to get. */
    List<String> lines(List<ChannelSettings> silent) {
        if (kind.isEmpty()) {
            return List.of("no alert: " + noEvent());
        }
        return silent.stream()
                .sorted(Comparator.comparing(ChannelSettings::name))
                .map(channel -> channel.name() + ", no alert: " + reason(channel, kind.get()))
                .toList();
    }

    private static String reason(ChannelSettings channel, String kind) {
        if (channel.keepsIncidents() && kind.equals(ValueType.written(AlertKind.RECOVERED))) {
            return "a recovery opens no incident, it resolves that of the failure";
        }
        List<String> asked =
                channel.on().stream().map(ValueType::written).sorted().toList();
        return asked.contains(kind)
                ? "the channel was not there then, or did not ask for " + kind
                : "it asks for %s only (alert.%s.on)".formatted(String.join(", ", asked), channel.name());
    }

    private String noEvent() {
        if (isFailed("to_class")) {
            return "from one failed status to another name of it is no new failure";
        }
        if ("succeeded".equals(change.get("to_class"))) {
            return "this is no failure; a recovery is told to channels that ask for it (alert.NAME.on = failed, recovered)";
        }
        return "unknown".equals(change.get("to_class"))
                ? "what %s means was not known (table dcs.status_class), so it did not count as a failure"
                        .formatted(change.get("to_status"))
                : "this is no failure";
    }

    private boolean isNewFailure() {
        return isFailed("to_class")
                && (!isFailed("from_class") || change.get("from_status").equals(change.get("to_status")));
    }

    private boolean isFailed(String classOf) {
        return "failed".equals(change.get(classOf));
    }
}
