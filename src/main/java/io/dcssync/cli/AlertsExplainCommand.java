package io.dcssync.cli;

import io.dcssync.config.ChannelSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alerts explain}: why a task did or did not alert. */
@Command(
        name = "explain",
        description =
                "Tell the life of a task: each change of its status, and what became of its alerts, or why there are none.")
final class AlertsExplainCommand extends OutboxCommand {

    @Parameters(
            paramLabel = "TASK_ID",
            description = "The ID of the task; 8 or more characters of its beginning are enough, or its whole name.")
    private String word;

    @Option(names = "--source", paramLabel = "NAME", description = "Only the task of this source.")
    private String source;

    AlertsExplainCommand() {
        super("ledger");
    }

    @Override
    int run(Job job, List<ChannelSettings> channels) {
        List<Map<String, Object>> tasks = tasks(job);
        for (int i = 0; i < tasks.size(); i++) {
            if (i > 0) {
                print("");
            }
            Map<String, Object> task = tasks.get(i);
            List<Map<String, Object>> rows =
                    job.askForRows("explain-task", Map.of("source", task.get("source"), "task", task.get("task_id")));
            new TaskStory(task, rows, channels).lines().forEach(this::print);
        }
        return ExitCode.OK;
    }

    /** Returns the task that is meant, once for each source that lists it. */
    private List<Map<String, Object>> tasks(Job job) {
        Map<String, Object> which = new HashMap<>();
        which.put("task", word);
        which.put("source", source);
        List<Map<String, Object>> tasks = job.askForRows("find-tasks", which);
        List<String> ids = tasks.stream()
                .map(task -> (String) task.get("task_id"))
                .distinct()
                .toList();
        if (ids.isEmpty()) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "no task%s has this ID, an ID that begins so (8 characters or more), or this name: %s"
                            .formatted(source == null ? "" : " of source " + source, word));
        }
        if (ids.size() > 1) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "several tasks are meant by '%s', give the ID of one: %s"
                            .formatted(word, ids.stream().limit(10).collect(Collectors.joining(", "))));
        }
        return tasks;
    }
}
