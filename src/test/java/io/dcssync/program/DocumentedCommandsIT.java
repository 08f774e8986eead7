package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.CodeBlocks;
import io.dcssync.DocumentedCommands;
import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import io.dcssync.simulator.ScriptedReceiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands in the blocks of the documentation, as they are typed, with the configuration that the README shows: only
 * where its endpoint, database and channel are is said by the environment.
 */
class DocumentedCommandsIT {

    /** What does not end by itself; DemoIT runs the demo. */
    private static final List<String> STAYING = List.of("bin/dcs-sync demo", "bin/dcs-sync run ");

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final ScriptedDcs dcs = ScriptedDcs.start();

    @AutoClose
    private final ScriptedReceiver slack = ScriptedReceiver.start();

    private InstalledProgram program;

    @BeforeEach
    void install() throws Exception {
        program = InstalledProgram.in(folder);
        Files.writeString(
                folder.resolve("my.properties"),
                CodeBlocks.in("README.md", "properties").get(0));
        // a channel that is in the ledger, and left the configuration
        Files.writeString(folder.resolve("old.properties"), "alert.old-pager.uri = http://127.0.0.1:1/\n");
        dcs.has(task("a").named("orders-cache").migrating());
        assertThat(typed("bin/dcs-sync sync --config my.properties --config old.properties"))
                .isZero();
        dcs.set(task("a").named("orders-cache").failed("timeout"));
        assertThat(typed("bin/dcs-sync sync --config my.properties --config old.properties"))
                .isZero();
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void each_does_its_work() {
        Set<String> commands = DocumentedCommands.pages().stream()
                .flatMap(page -> DocumentedCommands.typed(page).stream())
                .filter(command -> STAYING.stream().noneMatch(command::startsWith))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        assertThat(commands).hasSizeGreaterThan(5);

        Map<String, Integer> exitCodes = new TreeMap<>();
        commands.forEach(command -> exitCodes.put(command.replaceAll(" +#.*", ""), typed(command)));

        // there are no alerts of these numbers
        assertThat(exitCodes).containsEntry("bin/dcs-sync alerts retry 17 18 --config my.properties", 1);
        exitCodes.remove("bin/dcs-sync alerts retry 17 18 --config my.properties");
        assertThat(exitCodes)
                .allSatisfy(
                        (command, exitCode) -> assertThat(exitCode).as(command).isZero());
    }

    @Test
    void the_quick_start_of_the_readme_tells_of_a_task_that_fails() {
        String run = DocumentedCommands.typed("README.md").stream()
                .filter(command -> command.startsWith("bin/dcs-sync run "))
                .findFirst()
                .orElseThrow();

        Running started = program.startShell(inShell("SOURCE_PROD_SCHEDULE='* * * * * ?' " + run));
        Serving.mirrorOf(started);
        dcs.set(task("a").named("orders-cache").succeeded());
        await().until(() -> database.one("select status from report.task").equals("SUCCESS"));
        dcs.set(task("a").named("orders-cache").failed("no space left on the target"));

        await().until(() ->
                slack.received().stream().anyMatch(request -> request.body().contains("no space left on the target")));
        assertThat(started.terminate().ended(30).exitCode()).isEqualTo(143);
    }

    private int typed(String command) {
        return program.startShell(inShell(command)).ended(120).exitCode();
    }

    private String inShell(String command) {
        return String.join(
                " ",
                "exec env",
                "HUAWEICLOUD_SDK_AK=AK HUAWEICLOUD_SDK_SK=SK",
                "SOURCE_PROD_AUTH=none SOURCE_PROD_ENDPOINT=" + dcs.url(),
                "SOURCE_PROD_PROJECT_ID=" + ScriptedDcs.PROJECT,
                command.contains("config/demo.properties") ? "" : ledger(),
                "ALERT_OPS_URI=" + slack.url() + " HTTP_PORT=0 HTTP_MANAGEMENT_PORT=0",
                command);
    }

    private String ledger() {
        return "DATABASE_URL='%s' DATABASE_USER=%s DATABASE_PASSWORD=%s"
                .formatted(
                        database.jdbcUrl(), database.user(), database.password().reveal());
    }
}
