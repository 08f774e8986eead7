package io.dcssync.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.Faults;
import io.dcssync.simulator.PortTaken;
import io.dcssync.simulator.Simulator;
import io.dcssync.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulators with one fault each, read side by side in one run. */
class FaultyDcsIT {

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    private final List<Simulator> simulators = new ArrayList<>();
    private InstalledProgram program;

    @BeforeEach
    void install() {
        program = InstalledProgram.in(folder).on(database).with("sync.parallelism", 30);
    }

    @AfterEach
    void close() {
        program.close();
        simulators.forEach(Simulator::close);
    }

    @Test
    void each_passing_fault_is_got_over_within_the_attempts_and_told_beyond_them() throws Exception {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("500", "DCS.5000");
        codes.put("502-html", "http-502");
        codes.put("429", "APIG.0308");
        codes.put("429-retry-after", "APIG.0308");
        codes.put("reset", "cut-off");
        codes.put("truncate", "cut-off");
        codes.put("slow", "timeout");
        codes.put("hang", "timeout");
        for (String fault : codes.keySet()) {
            boolean late = fault.equals("hang") || fault.equals("slow");
            reads("within-" + fault, fault + "=40%", 20, fault.equals("hang") ? "1s" : "20s");
            reads("beyond-" + fault, fault + "=100%", 2, late ? "1s" : "20s");
        }

        Ended ended = program.run("sync");

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
        codes.forEach((fault, code) -> {
            assertThat(run("within-" + fault))
                    .as(fault + " within: " + ended.out())
                    .containsEntry("outcome", "complete")
                    .containsEntry("inserted", 120);
            assertThat(run("beyond-" + fault))
                    .as(fault + " beyond")
                    .containsEntry("outcome", "failed")
                    .containsEntry("error_code", code)
                    .containsEntry("requests", 2)
                    .containsEntry("retries", 1);
        });
        assertThat(run("beyond-500").get("error_message").toString()).contains("(request ");
        assertThat((long) database.one("select sum(retries) from report.sync_run where source like 'within-%'"))
                .isGreaterThan(codes.size());
    }

    @Test
    void lasting_faults_lose_nothing_and_are_told_where_nothing_can_be_done() throws Exception {
        reads("capped", "cap=7", 2, "20s");
        reads("one-page", "ignore-offset", 2, "20s");
        reads("moving", "moving", 2, "20s");
        reads("dirty", "dirty", 2, "20s");

        Ended ended = program.run("sync");

        assertThat(run("capped"))
                .as(ended.out())
                .containsEntry("outcome", "complete")
                .containsEntry("inserted", 120);
        assertThat(run("one-page")).containsEntry("outcome", "failed");
        assertThat(run("one-page").get("error_message").toString()).contains("offset");
        assertThat(run("moving").get("outcome")).isIn("complete", "repaired", "suspect");
        assertThat(run("dirty")).containsEntry("outcome", "complete");
        assertThat((int) run("dirty").get("rejected")).isPositive();
        assertThat((int) run("dirty").get("inserted") + (int) run("dirty").get("rejected"))
                .isGreaterThanOrEqualTo(120);
    }

    private void reads(String source, String faults, int attempts, String timeout) throws PortTaken {
        Simulator simulator = Simulator.start(SimulatorSettings.standard(Path.of(""))
                .withPort(0)
                .withSpeed(0)
                .withTasks(120)
                .withFaults(Faults.parse(faults)));
        simulators.add(simulator);
        program.reads(source, simulator.url().toString())
                .with("source." + source + ".page-size", 30)
                .with("source." + source + ".max-attempts", attempts)
                .with("source." + source + ".request-timeout", timeout);
    }

    private Map<String, Object> run(String source) {
        return database.rows("select * from report.sync_run where source = ?", source)
                .get(0);
    }
}
