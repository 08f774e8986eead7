package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.dcssync.DocumentedCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each command that the documentation shows is one that there is. What a block shows is run, too, by DocumentedCommandsIT. */
class DocumentedCommandsTest {

    /** What no test runs as it stands there, and why. */
    private static final Map<String, String> NOT_RUN = Map.of(
            "mvn verify", "runs this test",
            "mvn package", "is a part of mvn verify",
            "mvn test -Dtest=", "chooses among the tests",
            "mvn -q test -Dtest=", "chooses among the tests",
            "mvn spotless:apply", "writes the sources; mvn verify checks what it would do",
            "docker compose up", "needs Docker; ContainerFilesTest reads what it would start",
            "bin/bench", "measures for minutes");

    // logql is asked of Loki, which no test starts
    private static final List<String> BLOCKS = List.of("console", "json", "logql", "properties", "python", "sql");

    static Stream<String> ofTheProgram() {
        return all().filter(DocumentedCommandsTest::isOfTheProgram);
    }

    @ParameterizedTest
    @MethodSource("ofTheProgram")
    void the_program_understands_it(String command) {
        String[] arguments = command.replaceAll("^(bin/)?dcs-sync ", "")
                .replaceAll("\\s+#.*", "")
                .split("\\s+");

        assertThatCode(() -> DcsSync.handlingFailures(DcsSync.commandLine()).parseArgs(arguments))
                .doesNotThrowAnyException();
    }

    @Test
    void what_is_not_of_the_program_is_known_and_not_run_for_a_reason() {
        assertThat(all().filter(command -> !isOfTheProgram(command)))
                .allSatisfy(command -> assertThat(NOT_RUN.keySet()).anyMatch(command::startsWith));
        assertThat(NOT_RUN.keySet())
                .allSatisfy(known -> assertThat(all()).anyMatch(command -> command.startsWith(known)));
    }

    @Test
    void no_block_is_of_a_language_that_no_test_reads() throws IOException {
        for (String page : DocumentedCommands.pages()) {
            assertThat(Files.readAllLines(Path.of(page)).stream().filter(line -> line.matches("```\\S+")))
                    .as(page)
                    .allSatisfy(fence -> assertThat(BLOCKS).contains(fence.substring(3)));
        }
    }

    private static Stream<String> all() {
        return DocumentedCommands.pages().stream()
                .flatMap(page ->
                        Stream.concat(DocumentedCommands.typed(page).stream(), DocumentedCommands.named(page).stream()))
                // stands for any of them
                .filter(command -> !command.endsWith(" …"));
    }

    private static boolean isOfTheProgram(String command) {
        String word = command.replaceAll("^(bin/)?dcs-sync ", "").split(" ", 2)[0];
        return DcsSync.commandLine().getSubcommands().containsKey(word);
    }
}
