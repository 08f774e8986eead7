package io.dcssync.cli;

import io.dcssync.ledger.LedgerDatabase;
import io.dcssync.ledger.Migrations;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Brings the database schema up to date and exits. */
@Command(name = "migrate", description = "Bring the database schema up to date and exit.")
final class MigrateCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (LedgerDatabase database = LedgerDatabase.open(options.settings().database(), Installation.data())) {
            int applied = Migrations.apply(database.migrators());
            spec.commandLine()
                    .getOut()
                    .println(
                            applied == 0
                                    ? "The schema is up to date."
                                    : "The schema is up to date; migrations applied: " + applied + ".");
            return ExitCode.OK;
        }
    }
}
