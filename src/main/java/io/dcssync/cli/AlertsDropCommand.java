package io.dcssync.cli;

import io.dcssync.config.ChannelSettings;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code alerts drop}: gives up what is pending or dead on a channel, be it configured or not. */
@Command(
        name = "drop",
        description = "Give up the alerts of a channel that are pending or dead.",
        footer = {
            "",
            "They are kept as suppressed, with the reason 'dropped'. For a channel that left the configuration, too.",
            "What is just being sent, what a pass that is under way has found, and what resolves an incident, is left."
        })
final class AlertsDropCommand extends OutboxCommand {

    @Option(names = "--channel", paramLabel = "NAME", required = true, description = "The channel.")
    private String channel;

    AlertsDropCommand() {
        super("ledger");
    }

    @Override
    int run(Job job, List<ChannelSettings> channels) {
        boolean keepsIncidents =
                channels.stream().anyMatch(known -> known.name().equals(channel) && known.keepsIncidents());
        Map<String, Object> found =
                job.ask("drop-alerts", Map.of("channel", channel, "keepsIncidents", keepsIncidents));
        long pending = (Long) found.get("pending");
        long dead = (Long) found.get("dead");
        long beingSent = (Long) found.get("being_sent");
        long resolving = (Long) found.get("resolving");
        long held = (Long) found.get("held");
        if (pending + dead + beingSent + resolving + held == 0) {
            mustBeKnown(channel, job, channels);
        }
        print("%s: dropped %d (pending %d, dead %d)".formatted(channel, pending + dead, pending, dead)
                + (beingSent == 0 ? "" : "; left %d that another process is just sending".formatted(beingSent))
                + (resolving == 0 ? "" : "; left %d, to resolve incidents that are over".formatted(resolving))
                + (held == 0 ? "" : "; left %d whose pass is under way".formatted(held)));
        return ExitCode.OK;
    }
}
