package io.dcssync.cli;

import io.dcssync.alert.AlertFate;
import io.dcssync.config.ChannelSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code alerts list}: what is not delivered yet, or never was. */
@Command(
        name = "list",
        description = "List the alerts that are pending or dead, oldest first.",
        footer = {
            "",
            "A dead alert was refused for good, or given up after its last attempt; 'alerts retry' sends it again."
        })
final class AlertsListCommand extends OutboxCommand {

    private static final Table TABLE = new Table(
            List.of("ID", "CHANNEL", "KIND", "SOURCE", "TASK", "STATE", "TRIES", "NEXT ATTEMPT", "LAST ERROR"),
            List.of("LAST ERROR", "SOURCE", "TASK", "CHANNEL"));

    @Option(names = "--channel", paramLabel = "NAME", description = "Only those of this channel.")
    private String channel;

    @Option(names = "--limit", paramLabel = "N", description = "Show so many at most (default: 100).")
    private int limit = 100;

    AlertsListCommand() {
        super("ledger");
    }

    @Override
    void checkUsage() {
        if (limit < 1) {
            throw new ParameterException(spec().commandLine(), "--limit is %d, allowed is 1 or more".formatted(limit));
        }
    }

    @Override
    int run(Job job, List<ChannelSettings> channels) {
        Map<String, Object> which = new HashMap<>();
        which.put("channel", channel);
        which.put("limit", limit);
        List<Map<String, Object>> alerts = job.askForRows("list-alerts", which);
        if (alerts.isEmpty()) {
            if (channel != null) {
                mustBeKnown(channel, job, channels);
            }
            print("No alert is pending or dead" + (channel == null ? "." : " on " + channel + "."));
            return ExitCode.OK;
        }
        AlertFate fate = new AlertFate(names(channels), List.of());
        TABLE.lines(alerts.stream().map(alert -> cells(alert, fate)).toList()).forEach(this::print);
        print(totals(alerts));
        return ExitCode.OK;
    }

    private static List<String> cells(Map<String, Object> alert, AlertFate fate) {
        boolean dead = "dead".equals(alert.get("state"));
        return List.of(
                text(alert.get("alert_id")),
                text(alert.get("channel")),
                text(alert.get("kind")),
                text(alert.get("source")),
                text(alert.get("task")),
                text(alert.get("state")),
                text(alert.get("attempts")),
                dead ? "-" : fate.next(alert),
                text(alert.get("last_error")));
    }

    private static String text(Object value) {
        return value == null ? "-" : value.toString();
    }

    private static String totals(List<Map<String, Object>> shown) {
        long pending = (Long) shown.get(0).get("pending");
        long dead = (Long) shown.get(0).get("dead");
        long more = pending + dead - shown.size();
        return "pending %d, dead %d".formatted(pending, dead)
                + (more == 0 ? "" : "; %d more than are shown, --limit shows more".formatted(more));
    }
}
