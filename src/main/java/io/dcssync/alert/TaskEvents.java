package io.dcssync.alert;

import io.dcssync.config.ChannelSettings;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The life of a task in words: each change of its status and each alert that tells of none, with what became of it on each
 * channel. Takes rows of the statement explain-task. Thread-safe.
 */
public final class TaskEvents {

    private final List<ChannelSettings> channels;

    /**
     * What happened at a time.
     *
     * @param statusClass class of the status that the task has since then; empty where that did not change
     * @param error what the task said went wrong; empty where nothing did
     */
    public record Event(
            Timestamp at, String headline, Optional<String> statusClass, Optional<String> error, List<Fate> fates) {

        private Map<String, Object> plain() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("at", AlertFate.time(at));
            fields.put("headline", headline);
            fields.put("class", statusClass.orElse(null));
            fields.put("error", error.orElse(null));
            fields.put("fates", fates.stream().map(Fate::plain).toList());
            return fields;
        }
    }

    /**
     * What became of an event on a channel, or why there was nothing to tell.
     *
     * @param alert its number; empty where there is none
     * @param state state of that alert; empty where there is none
     */
    public record Fate(Optional<Long> alert, Optional<String> state, String text) {
        private Fate(String text) {
            this(Optional.empty(), Optional.empty(), text);
        }

        private Map<String, Object> plain() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("alert_id", alert.orElse(null));
            fields.put("state", state.orElse(null));
            fields.put("text", text);
            return fields;
        }
    }

    /** @param channels the channels that the configuration at hand knows */
    public TaskEvents(List<ChannelSettings> channels) {
        this.channels = List.copyOf(channels);
    }

    /** Returns the events, oldest first. */
    public List<Event> of(List<Map<String, Object>> rows) {
        AlertFate fate = new AlertFate(
                channels.stream().map(ChannelSettings::name).collect(Collectors.toSet()),
                rows.stream().filter(TaskEvents::isDigest).toList());
        // the alerts of one change belong together, and so do those of one event that is no change
        return rows.stream()
                .filter(row -> !isDigest(row))
                .collect(Collectors.groupingBy(
                        row -> row.get("seq") == null ? row.get("event_id") : row.get("seq"),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values()
                .stream()
                .map(event -> event(event, fate))
                .toList();
    }

    /** Returns the same, as maps and lists. */
    public List<Map<String, Object>> plain(List<Map<String, Object>> rows) {
        return of(rows).stream().map(Event::plain).toList();
    }

    private Event event(List<Map<String, Object>> rows, AlertFate fate) {
        List<Fate> fates = new ArrayList<>();
        rows.stream()
                .filter(row -> row.get("alert_id") != null)
                .forEach(alert -> fates.add(new Fate(
                        Optional.of((Long) alert.get("alert_id")),
                        Optional.of((String) alert.get("state")),
                        about(alert) + ": " + fate.of(alert))));
        if (rows.get(0).get("seq") != null) {
            silence(rows).forEach(why -> fates.add(new Fate(why)));
        }
        Map<String, Object> first = rows.get(0);
        return new Event(
                (Timestamp) first.get("at"),
                headline(first),
                Optional.ofNullable((String) first.get("to_class")),
                error(first),
                fates);
    }

    private static boolean isDigest(Map<String, Object> row) {
        return "digest".equals(row.get("kind"));
    }

    private static String headline(Map<String, Object> event) {
        if (event.get("seq") == null) {
            return "resolved".equals(event.get("kind"))
                    ? "the incident of an earlier alert is over"
                    : event.get("kind") + " (no change of status)";
        }
        Object after = event.get("observed_after");
        return change(event) + (after == null ? "" : ", which happened after " + AlertFate.time(after));
    }

    private static String change(Map<String, Object> event) {
        if (event.get("from_status") == null) {
            return "first seen, as " + event.get("to_status");
        }
        return event.get("from_status").equals(event.get("to_status"))
                ? "failed anew, %s as before".formatted(event.get("to_status"))
                : "%s -> %s".formatted(event.get("from_status"), event.get("to_status"));
    }

    private static Optional<String> error(Map<String, Object> event) {
        return Optional.ofNullable((String) event.get("error_message"))
                .filter(message -> "failed".equals(event.get("to_class")));
    }

    private static String about(Map<String, Object> alert) {
        return "%s, alert %s%s"
                .formatted(
                        alert.get("channel"),
                        alert.get("alert_id"),
                        "failed".equals(alert.get("kind")) ? "" : " (" + alert.get("kind") + ")");
    }

    /** Returns why channels have no alert of a change. */
    private List<String> silence(List<Map<String, Object>> event) {
        List<Map<String, Object>> told =
                event.stream().filter(row -> row.get("alert_id") != null).toList();
        Set<Object> toldChannels = told.stream().map(row -> row.get("channel")).collect(Collectors.toSet());
        if (told.isEmpty() && channels.isEmpty()) {
            return List.of("no alert: no channel was there for it");
        }
        return new Silence(event.get(0), told)
                .lines(channels.stream()
                        .filter(channel -> !toldChannels.contains(channel.name()))
                        .toList());
    }
}
