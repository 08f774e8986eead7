package io.dcssync.cli;

import io.dcssync.config.ChannelSettings;
import io.dcssync.config.Settings;
import io.dcssync.ledger.LedgerDatabase;
import io.dcssync.ledger.Migrations;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command on the alerts that the ledger keeps. It reads no source. */
abstract class OutboxCommand implements Callable<Integer> {

    private static final Logger log = LoggerFactory.getLogger(OutboxCommand.class);

    @Mixin
    private CommonOptions options;

    @Spec
    private CommandSpec spec;

    private final String[] routes;

    /** @param routes the route files that the command needs */
    OutboxCommand(String... routes) {
        this.routes = routes;
    }

    @Override
    public final Integer call() throws Exception {
        checkUsage();
        Settings settings = options.settings();
        try (StopOnSignal signal = new StopOnSignal();
                LedgerDatabase database = LedgerDatabase.open(settings.database(), Installation.data())) {
            Migrations.ensure(database.dataSource(), database.migrators(), settings.database());
            try (Job job = Job.start(settings, database.dataSource(), Map.of(), routes)) {
                signal.by(job::stop);
                return run(job, settings.channels());
            } catch (RuntimeException e) {
                if (!signal.received()) {
                    throw e;
                }
                log.info("stopped: alerts that were not sent by now stay pending");
                return ExitCode.FAILED;
            }
        }
    }

    /**
     * Looks at the words of the command line before anything is started.
     *
     * @throws picocli.CommandLine.ParameterException if one cannot be meant
     */
    void checkUsage() {}

    /** Does the work; returns the exit code. */
    abstract int run(Job job, List<ChannelSettings> channels);

    /** Prints a line of the result; what came from outside cannot break it. */
    final void print(String line) {
        spec.commandLine().getOut().println(Complaints.oneLine(line));
    }

    /** Whether somebody looks at standard error. */
    final boolean isWatched() {
        return ShownProgress.isWanted(options.logFormat());
    }

    final CommandSpec spec() {
        return spec;
    }

    static Set<String> names(Collection<ChannelSettings> channels) {
        return channels.stream().map(ChannelSettings::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Makes sure that there is such a channel, or was.
     *
     * @throws CommandException if neither the configuration nor the ledger knows it
     */
    static void mustBeKnown(String channel, Job job, List<ChannelSettings> channels) {
        Set<String> known = names(channels);
        job.askForRows("list-channels", Map.of()).forEach(row -> known.add((String) row.get("channel")));
        if (!known.contains(channel)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "no channel is named '%s', neither now nor in the alerts so far; known are: %s"
                            .formatted(channel, known.isEmpty() ? "none" : String.join(", ", known)));
        }
    }
}
