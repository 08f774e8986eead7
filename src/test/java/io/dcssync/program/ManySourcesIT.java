package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ReceivedRequest;
import io.dcssync.simulator.ScriptedDcs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many sources of one endpoint in one process. */
class ManySourcesIT {

    private static final int SOURCES = 24;

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final ScriptedDcs dcs = ScriptedDcs.start().has(task("a"), task("b"));

    private InstalledProgram program;

    @BeforeEach
    void install() {
        program = InstalledProgram.in(folder).on(database).with("sync.parallelism", SOURCES);
        for (int i = 0; i < SOURCES; i++) {
            program.reads("s" + i, dcs).with("source.s" + i + ".rate-limit", 10 + i);
        }
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void they_keep_to_the_lowest_rate_together() {
        Ended ended = program.run("sync");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("10 requests a second at most for its 24 sources", "source.s0.rate-limit");
        List<Instant> sent =
                dcs.requests().stream().map(ReceivedRequest::at).sorted().toList();
        assertThat(sent).hasSizeGreaterThanOrEqualTo(2 * SOURCES);
        // a second less than they leave in: the first ones are held up by all that a program does for the first time
        assertThat(Duration.between(sent.get(0), sent.get(sent.size() - 1)))
                .isGreaterThan(Duration.ofMillis(100L * (sent.size() - 1) - 1000));
    }

    @Test
    void an_endpoint_that_is_dead_is_asked_gently() {
        dcs.failsNext(10_000, 503);

        Ended ended = program.run("sync");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(dcs.requests()).hasSizeBetween(20, 20 + SOURCES);
        assertThat(database.one("select count(*) from report.sync_run where outcome = 'failed'"))
                .isEqualTo((long) SOURCES);
        assertThat(database.one("select count(*) from report.sync_run where error_code = 'endpoint-resting'"
                        + " and error_message like '%failed 20 times in a row%'"))
                .isNotEqualTo(0L);
        assertThat(ended.err()).contains("is left alone");
    }
}
