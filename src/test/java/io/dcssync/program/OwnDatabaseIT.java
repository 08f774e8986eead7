package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.simulator.ScriptedDcs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnDatabaseIT {

    @TempDir
    private Path folder;

    @AutoClose
    private final ScriptedDcs dcs = ScriptedDcs.start();

    private InstalledProgram program;

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void without_any_database_the_program_brings_its_own_keeps_the_data_and_leaves_no_process_behind() {
        program = InstalledProgram.in(folder).reads("prod", dcs);
        dcs.has(task("a"), task("b"));

        Ended doctor = program.run("doctor");
        assertThat(doctor.exitCode()).as(doctor.out()).isZero();
        assertThat(doctor.out()).containsPattern("ok    database       PostgreSQL embedded, in \\S+: not made yet");
        assertThat(folder.resolve("data")).doesNotExist();

        Ended first = program.run("sync");
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).startsWith("prod: complete").contains("new 2").hasLineCount(1);
        assertThat(servers()).isEmpty();

        Ended piped = program.startShell("\"$PROGRAM\" sync --config \"$CONFIG\" | cat")
                .ended();

        assertThat(piped.out()).as(piped.err()).startsWith("prod: complete").contains("new 0", "unchanged 2");

        int asked = dcs.requests().size();
        dcs.hangsNext(Duration.ofMinutes(1));
        Running stopped = program.start("sync");
        await().until(() -> dcs.requests().size() > asked);
        assertThat(servers()).isNotEmpty();
        assertThat(stopped.terminate().ended(15).exitCode()).isEqualTo(143);
        assertThat(servers()).isEmpty();
    }

    /** The database servers that run on this installation's data. */
    private List<ProcessHandle> servers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder + "/data/"))
                .toList();
    }
}
