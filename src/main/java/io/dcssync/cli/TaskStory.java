package io.dcssync.cli;

import io.dcssync.alert.AlertFate;
import io.dcssync.alert.TaskEvents;
import io.dcssync.config.ChannelSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The life of one task as lines for a person: each change of its status, and what became of that on each channel. */
final class TaskStory {

    private static final String INDENT = "    ";

    private final Map<String, Object> task;
    private final List<TaskEvents.Event> events;

    /**
     * @param task a row of the statement find-tasks
     * @param rows the rows of the statement explain-task
     * @param channels the channels that the configuration at hand knows
     */
    TaskStory(Map<String, Object> task, List<Map<String, Object>> rows, List<ChannelSettings> channels) {
        this.task = task;
        this.events = new TaskEvents(channels).of(rows);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(title(), present()));
        for (TaskEvents.Event event : events) {
            lines.add("");
            lines.add(AlertFate.time(event.at()) + "  " + event.headline());
            event.error().ifPresent(error -> lines.add(INDENT + "error: " + error));
            event.fates().forEach(fate -> lines.add(INDENT + fate.text()));
        }
        return lines;
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
}
