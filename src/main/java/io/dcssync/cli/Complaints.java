package io.dcssync.cli;

import io.dcssync.config.ConfigurationException;
import io.dcssync.config.Unprintable;
import io.dcssync.ledger.DatabaseRefused;
import io.dcssync.ledger.embedded.EmbeddedDatabaseException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user on standard error why a command did not do its work, and gives the exit code that goes with it. */
final class Complaints {

    private Complaints() {}

    static int usage(ParameterException wrong, String... args) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("dcs-sync: " + oneLine(wrong.getMessage()));
        UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    static int failure(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        CommonOptions options = DcsSync.optionsOf(parsed);
        boolean verbose = options != null && options.verbose();
        int exitCode = tell(failure, err, verbose);
        if (verbose && !(failure instanceof ConfigurationException)) {
            failure.printStackTrace(err);
        }
        err.flush();
        return exitCode;
    }

    private static int tell(Exception failure, PrintWriter err, boolean verbose) {
        if (StopOnSignal.isEnding()) {
            err.println("dcs-sync: stopped");
            return ExitCode.FAILED;
        }
        if (failure instanceof ConfigurationException configuration) {
            err.println("dcs-sync: the configuration cannot be used, nothing was started. Correct this and try again:");
            configuration.problems().forEach(problem -> err.println("  " + problem));
            return ExitCode.USAGE;
        }
        if (failure instanceof CommandException known) {
            err.println("dcs-sync: " + oneLine(known.getMessage()));
            return known.exitCode();
        }
        if (failure instanceof DatabaseRefused || failure instanceof EmbeddedDatabaseException) {
            err.println("dcs-sync: " + oneLine(failure.getMessage()));
            return ExitCode.NO_DATABASE;
        }
        err.println("dcs-sync: failed unexpectedly: " + oneLine(failure.toString())
                + (verbose ? "" : " (--verbose shows where)"));
        return ExitCode.FAILED;
    }

    /** A text that may come from outside, fit to be a line or a part of one. */
    static String oneLine(String message) {
        return Unprintable.outOf(String.valueOf(message));
    }
}
