package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The man page knows what the program knows. */
class ManPageTest {

    @Test
    void it_names_every_command_and_every_option() throws Exception {
        String page = Files.readString(Path.of("src/assembly/dcs-sync.1"));

        assertThat(page).contains(named(DcsSync.commandLine(), ""));
    }

    /** As they are written there, options of all commands by their long names. */
    private static List<String> named(CommandLine command, String path) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            names.add(option.longestName().substring(1));
        }
        command.getSubcommands().forEach((name, sub) -> {
            if (sub.getSubcommands().isEmpty()) {
                names.add(".It Cm " + path + name);
            }
            names.addAll(named(sub, path + name + " "));
        });
        return names;
    }
}
