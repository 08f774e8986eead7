package io.dcssync.cli;

import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;

/** The program. Results go to standard output, all else to standard error. */
@Command(
        name = "dcs-sync",
        description = "Keeps the history of Huawei Cloud DCS migration tasks and alerts on each that failed.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionFromBuild.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            SyncCommand.class,
            DoctorCommand.class,
            ReportCommand.class,
            AlertsCommand.class,
            MigrateCommand.class,
            SimulateCommand.class,
            HelpCommand.class
        })
public final class DcsSync implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** Runs one command and ends the process with its exit code, one of {@link ExitCode}. */
    public static void main(String... args) {
        System.exit(handlingFailures(calling(args)).execute(args));
    }

    /**
     * Returns the command line with the command that is called alone, as to make all of them takes a tenth of a start;
     * with all of them where none is, as for help.
     */
    static CommandLine calling(String... args) {
        String called = args.length == 0 ? "" : args[0];
        Command program = DcsSync.class.getAnnotation(Command.class);
        return Stream.of(program.subcommands())
                .filter(command -> command.getAnnotation(Command.class).name().equals(called))
                .filter(command -> command != HelpCommand.class)
                .findFirst()
                .map(command -> new CommandLine(CommandSpec.create().name(program.name()))
                        .addSubcommand(called, new CommandLine(command)))
                .orElseGet(DcsSync::commandLine);
    }

    /** Returns the program's command line, to which a test may add commands before it sets how they are run. */
    static CommandLine commandLine() {
        return new CommandLine(new DcsSync());
    }

    /** Sets how commands are run and how their failures are told, for all commands there are by now. */
    static CommandLine handlingFailures(CommandLine commandLine) {
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(DcsSync::run)
                .setParameterExceptionHandler(Complaints::usage)
                .setExecutionExceptionHandler(Complaints::failure);
    }

    /** Without a command there is nothing to do. */
    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    private static int run(ParseResult parsed) {
        CommonOptions options = optionsOf(parsed);
        if (options != null) {
            Logging.start(options.logFormat(), options.verbose());
        }
        return new RunLast().execute(parsed);
    }

    /** Returns the common options of the command that was called; null if it has none, as help. */
    static CommonOptions optionsOf(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last.commandSpec().mixins().values().stream()
                .map(CommandSpec::userObject)
                .filter(CommonOptions.class::isInstance)
                .map(CommonOptions.class::cast)
                .findFirst()
                .orElse(null);
    }
}
