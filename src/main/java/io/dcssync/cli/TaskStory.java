package io.dcssync.cli;

import io.dcssync.config.ChannelSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The life of one task as lines for a person: each change of its status, and what became of that on each channel. */
final class TaskStory {

    private static final String INDENT = "    ";

    private final Map<String, Object> task;
    private final List<List<Map<String, Object>>> events;
    private final List<ChannelSettings> channels;
    private final AlertFate fate;

    /**
     * @param task a row of the statement find-tasks
     * @param rows the rows of the statement explain-task
     * @param channels the channels that the configuration at hand knows
     */
    TaskStory(Map<String, Object> task, List<Map<String, Object>> rows, List<ChannelSettings> channels) {
        this.task = task;
        this.channels = channels;
        fate = new AlertFate(
                OutboxCommand.names(channels),
                rows.stream().filter(TaskStory::isDigest).toList());
        // the alerts of one change belong together, and so do those of one event that is no change
        events = List.copyOf(rows.stream()
                .filter(row -> !isDigest(row))
                .collect(Collectors.groupingBy(
                        row -> row.get("seq") == null ? row.get("event_id") : row.get("seq"),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values());
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(title(), present()));
        for (List<Map<String, Object>> event : events) {
            lines.add("");
            lines.add(headline(event.get(0)));
            message(event.get(0)).map(INDENT::concat).ifPresent(lines::add);
            event.stream()
                    .filter(row -> row.get("alert_id") != null)
                    .forEach(alert -> lines.add(INDENT + about(alert) + ": " + fate.of(alert)));
            if (event.get(0).get("seq") != null) {
                lines.addAll(silence(event));
            }
        }
        return lines;
    }

    private static boolean isDigest(Map<String, Object> row) {
        return "digest".equals(row.get("kind"));
    }

    private String title() {
        Object name = task.get("task_name");
        return "Task %s%s of source %s"
                .formatted(task.get("task_id"), name == null ? "" : " (" + name + ")", task.get("source"));
    }

    private String present() {
        return "now %s, since %s; failures seen: %s%s"
                .formatted(
                        task.get("status"),
                        AlertFate.time(task.get("status_since")),
                        task.get("failure_count"),
                        task.get("missing_since") == null
                                ? ""
                                : "; no longer listed since " + AlertFate.time(task.get("missing_since")));
    }

    private static String headline(Map<String, Object> event) {
        String at = AlertFate.time(event.get("at"));
        if (event.get("seq") == null) {
            return "resolved".equals(event.get("kind"))
                    ? at + "  the incident of an earlier alert is over"
                    : "%s  %s (no change of status)".formatted(at, event.get("kind"));
        }
        Object after = event.get("observed_after");
        return at + "  " + change(event) + (after == null ? "" : ", which happened after " + AlertFate.time(after));
    }

    private static String change(Map<String, Object> event) {
        if (event.get("from_status") == null) {
            return "first seen, as " + event.get("to_status");
        }
        return event.get("from_status").equals(event.get("to_status"))
                ? "failed anew, %s as before".formatted(event.get("to_status"))
                : "%s -> %s".formatted(event.get("from_status"), event.get("to_status"));
    }

    private static Optional<String> message(Map<String, Object> event) {
        return Optional.ofNullable((String) event.get("error_message"))
                .filter(message -> isFailed(event.get("to_class")))
                .map(message -> "error: " + message);
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
            return List.of(INDENT + "no alert: no channel was there for it");
        }
        return new Silence(event.get(0), told)
                        .lines(channels.stream()
                                .filter(channel -> !toldChannels.contains(channel.name()))
                                .toList())
                        .stream()
                        .map(INDENT::concat)
                        .toList();
    }

    private static boolean isFailed(Object statusClass) {
        return "failed".equals(statusClass);
    }
}
