package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class DcsSyncTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Work work = new Work();

    @Test
    void the_version_is_the_builds() {
        assertThat(run("--version")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).matches("dcs-sync \\d+\\.\\d+\\.\\d+\\S*\\R");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h"})
    void help_goes_to_standard_output(String argument) {
        assertThat(run(argument)).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).startsWith("Usage: dcs-sync").contains("work");
    }

    @Test
    void without_a_command_the_usage_is_wrong() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("Missing command").contains("dcs-sync --help");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrk", "--verbos", "work --log-format=xml", "work --config", "work extra"})
    void a_wrong_word_is_a_usage_error_in_a_few_lines(String words) {
        assertThat(run(words.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("dcs-sync: ").contains("--help").doesNotContain("\tat ");
        assertThat(err.toString().lines().count()).isLessThanOrEqualTo(3);
    }

    @Test
    void common_options_stand_after_the_commands_name() throws Exception {
        Path first = Files.writeString(folder.resolve("a.properties"), "sync.missing-after = 5\nsync.lease = 9s\n");
        Path second = Files.writeString(folder.resolve("b.properties"), "sync.missing-after = 6\n");

        assertThat(run("work", "--config", first.toString(), "--config", second.toString(), "--log-format", "json"))
                .isEqualTo(ExitCode.OK);
        assertThat(work.settings.sync().missingAfter()).isEqualTo(6);
        assertThat(work.settings.sync().lease()).hasSeconds(9);
    }

    @Test
    void a_configuration_error_is_told_with_its_lines_and_no_stack_trace() throws Exception {
        Path file = Files.writeString(folder.resolve("a.properties"), "sync.lease = 1s\nsync.nothing = 1\n");

        assertThat(run("work", "--config", file.toString(), "--verbose")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("sync.nothing").contains(file + ":2"));
    }

    @Test
    void a_known_failure_says_its_line_and_its_code() {
        work.failure = new CommandException(ExitCode.NO_DATABASE, "the database\ncannot be reached");

        assertThat(run("work")).isEqualTo(ExitCode.NO_DATABASE);
        assertThat(err.toString()).isEqualToNormalizingNewlines("dcs-sync: the database cannot be reached\n");
    }

    @Test
    void an_unexpected_failure_is_one_line_and_a_hint() {
        work.failure = new IllegalStateException("odd");

        assertThat(run("work")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("IllegalStateException: odd")
                .contains("--verbose");
    }

    @Test
    void with_verbose_an_unexpected_failure_shows_where() {
        work.failure = new IllegalStateException("odd");

        assertThat(run("work", "--verbose")).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("\tat io.dcssync.cli.DcsSyncTest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "sync", "doctor", "report", "alerts", "migrate", "simulate", "demo"})
    void a_command_that_is_made_alone_says_what_it_says_among_all(String command) {
        for (String option : List.of("--help", "--odd", "--log-format=odd")) {
            assertThat(said(DcsSync.calling(command, option), command, option))
                    .isEqualTo(said(DcsSync.commandLine(), command, option));
        }
    }

    @Test
    void what_is_no_command_is_looked_for_among_all() {
        assertThat(DcsSync.calling("--help").getSubcommands()).containsKeys("run", "sync", "help");
        assertThat(DcsSync.calling("help", "sync").getSubcommands()).containsKeys("run", "sync", "help");
        assertThat(said(DcsSync.calling("snc"), "snc")).contains("Did you mean: dcs-sync sync?");
    }

    private static String said(CommandLine commandLine, String... args) {
        StringWriter said = new StringWriter();
        PrintWriter printer = new PrintWriter(said, true);
        int exitCode = DcsSync.handlingFailures(commandLine.setOut(printer).setErr(printer))
                .execute(args);
        return exitCode + " " + said;
    }

    private int run(String... args) {
        CommandLine commandLine = DcsSync.commandLine()
                .addSubcommand("work", work)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true));
        return DcsSync.handlingFailures(commandLine).execute(args);
    }

    @Command(name = "work", description = "Stands for a command.")
    private static final class Work implements Callable<Integer> {

        @Mixin
        private CommonOptions common;

        private RuntimeException failure;
        private Settings settings;

        @Override
        public Integer call() {
            if (failure != null) {
                throw failure;
            }
            settings = common.settings();
            return ExitCode.OK;
        }
    }
}
