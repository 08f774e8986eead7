package io.dcssync.cli;

import io.dcssync.config.ChannelSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code alerts retry}: sends alerts again, with attempts that start anew. */
@Command(
        name = "retry",
        description = "Send alerts again now: these, or all that are dead. Their attempts start anew.",
        footer = {
            "",
            "Also for one that was delivered: it goes out once more, with the same event id; and for one that was muted.",
            "What another process is just sending is left to it."
        })
final class AlertsRetryCommand extends OutboxCommand {

    @Parameters(
            paramLabel = "ID",
            description = "Numbers of alerts, as 'alerts list' shows them; none: all that are dead.")
    private List<String> ids = new ArrayList<>();

    AlertsRetryCommand() {
        super(DueAlerts.ROUTES);
    }

    @Override
    void checkUsage() {
        for (String id : ids) {
            // no alert has a longer number
            if (!id.matches("[0-9]{1,18}")) {
                throw new ParameterException(
                        spec().commandLine(), "'%s' is no number of an alert; 'alerts list' shows them".formatted(id));
            }
        }
    }

    @Override
    int run(Job job, List<ChannelSettings> channels) {
        Map<String, Object> which = new HashMap<>();
        which.put(
                "ids",
                ids.isEmpty() ? null : ids.stream().map(Long::valueOf).toList().toString());
        List<Map<String, Object>> asked = job.askForRows("retry-alerts", which);
        if (asked.isEmpty()) {
            print("No alert is dead; nothing was sent.");
            return ExitCode.OK;
        }
        List<Map<String, Object>> retried =
                asked.stream().filter(AlertsRetryCommand::isRetried).toList();
        asked.stream()
                .filter(alert -> !isRetried(alert))
                .map(AlertsRetryCommand::whyNot)
                .forEach(this::print);
        if (!retried.isEmpty()) {
            send(job, channels, retried);
        }
        return retried.size() == asked.size() ? ExitCode.OK : ExitCode.FAILED;
    }

    private void send(Job job, List<ChannelSettings> channels, List<Map<String, Object>> retried) {
        Set<String> concerned = retried.stream()
                .map(alert -> (String) alert.get("channel"))
                .collect(Collectors.toCollection(TreeSet::new));
        DueAlerts.send(
                job,
                channels.stream()
                        .filter(channel -> concerned.contains(channel.name()))
                        .toList());
        concerned.removeAll(names(channels));
        concerned.forEach(channel ->
                print("alerts of %s stay pending: the configuration has no such channel".formatted(channel)));
        List<Object> numbers =
                retried.stream().map(alert -> alert.get("alert_id")).toList();
        Map<String, Object> now = job.ask("count-retried-alerts", Map.of("ids", numbers.toString()));
        print("retried %d: delivered %s, pending %s, dead %s"
                .formatted(retried.size(), now.get("delivered"), now.get("pending"), now.get("dead")));
    }

    private static boolean isRetried(Map<String, Object> alert) {
        return "retried".equals(alert.get("outcome"));
    }

    private static String whyNot(Map<String, Object> alert) {
        String outcome = (String) alert.get("outcome");
        return "alert %s was not retried: ".formatted(alert.get("alert_id"))
                + switch (outcome) {
                    case "unknown" -> "no alert has this number";
                    case "being-sent" -> "another process is just sending it";
                    case "held" -> "its pass is under way, and decides what becomes of it";
                    case "digest" ->
                        "it is told of in digest %1$s; to send that again: alerts retry %1$s"
                                .formatted(alert.get("digest_id"));
                    case "first-sync" ->
                        "the task had failed already when its source was first read, and the channel wants no word of that (first-sync)";
                    default -> "it is not to be sent (" + outcome + ")";
                };
    }
}
