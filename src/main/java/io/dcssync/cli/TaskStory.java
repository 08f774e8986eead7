package io.dcssync.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The life of one task as lines for a person: each change of its status, and what became of that on each channel. */
final class TaskStory {

    private static final String INDENT = "    ";

    private final Map<String, Object> task;
    private final List<List<Map<String, Object>>> events;
    private final Set<String> channels;
    private final AlertFate fate;

    /**
     * @param task a row of the statement find-tasks
     * @param rows the rows of the statement explain-task
     * @param channels the channels that the configuration at hand knows
     */
    TaskStory(Map<String, Object> task, List<Map<String, Object>> rows, Set<String> channels) {
        this.task = task;
        this.channels = channels;
        fate = new AlertFate(channels, rows.stream().filter(TaskStory::isDigest).toList());
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
            return "%s  %s (no change of status)".formatted(at, event.get("kind"));
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
        Set<String> told = event.stream()
                .filter(row -> row.get("alert_id") != null)
                .map(row -> (String) row.get("channel"))
                .collect(Collectors.toSet());
        Set<String> silent = new TreeSet<>(channels);
        silent.removeAll(told);
        if (told.isEmpty()) {
            return List.of(INDENT + "no alert: " + reason(event.get(0), "no channel was there for it then"));
        }
        String reason = reason(event.get(0), "the channel was not there then, or was not to tell of failures");
        return silent.stream()
                .map(channel -> INDENT + channel + ", no alert: " + reason)
                .toList();
    }

    private static String reason(Map<String, Object> event, String otherwise) {
        if (!isFailed(event.get("to_class"))) {
            return "unknown".equals(event.get("to_class"))
                    ? "what %s means was not known (table dcs.status_class), so it did not count as a failure"
                            .formatted(event.get("to_status"))
                    : "this is no failure";
        }
        boolean renamed =
                isFailed(event.get("from_class")) && !event.get("from_status").equals(event.get("to_status"));
        return renamed ? "from one failed status to another name of it is no new failure" : otherwise;
    }

    private static boolean isFailed(Object statusClass) {
        return "failed".equals(statusClass);
    }
}
