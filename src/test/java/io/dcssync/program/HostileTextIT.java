package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import io.dcssync.simulator.ScriptedReceiver;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts of tasks, endpoints and receivers may hold anything. */
class HostileTextIT {

    private static final String FORGED = "2026-01-01T00:00:00Z ERROR forged";
    private static final String HOSTILE =
            "evil\n" + FORGED + "\r\u001b[2J\u001b]0;title\u0007\u009b31m\u0085\u2028\u202eend";

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final ScriptedDcs dcs = ScriptedDcs.start();

    @AutoClose
    private final ScriptedDcs bad = ScriptedDcs.start();

    @AutoClose
    private final ScriptedReceiver ops = ScriptedReceiver.start();

    @Test
    void they_break_no_line_and_steer_no_terminal() throws Exception {
        dcs.has(
                task("a").named(HOSTILE).failed(HOSTILE).with(HOSTILE, HOSTILE),
                task(HOSTILE).status(HOSTILE));
        String refusal = new JsonMapper()
                .createObjectNode()
                .put("error_code", HOSTILE)
                .put("error_msg", HOSTILE)
                .toString();
        bad.answersNext(403, "application/json", refusal);
        ops.answersAlways(503, HOSTILE);
        try (InstalledProgram program = InstalledProgram.in(folder)
                .on(database)
                .reads("prod", dcs)
                .reads("bad", bad)
                .with("alert.ops.uri", ops.url())
                .with("alert.ops.on", "failed, unknown-status")
                .with("alert.ops.first-sync", "each")
                .with("alert.log.uri", "log:alerts")
                .with("alert.log.format", "text")
                .with("alert.log.first-sync", "each")) {
            Ended sync = program.run("sync", "--log-format", "json");
            isCalm(sync);
            assertThat(sync.out().lines()).hasSize(2).anyMatch(line -> line.contains("HTTP 403"));
            assertThat(sync.err().lines()).isNotEmpty();
            for (String line : sync.err().lines().toList()) {
                assertThat(new JsonMapper().readTree(line).has("formattedMessage"))
                        .isTrue();
            }

            Ended retried = program.run("alerts", "retry", "1", "2", "3");
            isCalm(retried);
            assertThat(retried.err()).contains("not delivered (HTTP 503: evil", "FAILED evil");
            Ended list = program.run("alerts", "list");
            isCalm(list);
            assertThat(list.out().lines()).hasSize(4);
            Ended explained = program.run("alerts", "explain", "a");
            isCalm(explained);
            assertThat(explained.out()).contains("Task a (evil", "error: evil");
        }
    }

    private static void isCalm(Ended ended) {
        assertThat((ended.out() + ended.err()).split("\n", -1)).allSatisfy(line -> assertThat(line)
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]")
                .doesNotStartWith("2026-01-01T00"));
    }
}
