package io.dcssync.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The outbox; its own commands do the work. */
@Command(
        name = "alerts",
        description = "Look at alerts that are pending or dead, send them again, give them up, or explain them.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionFromBuild.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            AlertsListCommand.class,
            AlertsRetryCommand.class,
            AlertsDropCommand.class,
            AlertsExplainCommand.class
        })
final class AlertsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command: list, retry, drop or explain");
    }
}
