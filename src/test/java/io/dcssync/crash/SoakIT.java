package io.dcssync.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.program.InstalledProgram;
import io.dcssync.program.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program runs and runs, while requests, deliveries and database sessions fail now and then: in the end nothing is
 * lost or invented, and it holds no more than in the beginning. {@code -Dsoak.minutes=60} runs it for longer.
 */
class SoakIT {

    private static final Path REPORT = Path.of("target/soak-report.txt");
    private static final double MINUTES = Double.parseDouble(System.getProperty("soak.minutes", "0.2"));
    /** Of the time, after which all that is made once has been made. */
    private static final double WARM = 0.3;

    private static final Duration BETWEEN_CUTS = Duration.ofSeconds(7);

    @TempDir
    private Path folder;

    @Test
    void it_runs_on_and_holds_no_more_than_in_the_beginning() throws IOException {
        try (TestDatabase database = TestDatabase.fresh();
                World world = new World(11, () -> database);
                InstalledProgram program =
                        world.configure(InstalledProgram.in(folder).on(database))) {
            Running running = program.start("run");
            await().until(() -> running.err().contains("running: "));
            world.misbehaves();

            long cuts = live(running, MINUTES * WARM, database);
            Footprint warm = Footprint.of(running, database);
            cuts += live(running, MINUTES * (1 - WARM), database);
            Footprint end = Footprint.of(running, database);
            world.comesToRest();
            assertThat(running.terminate().ended(30).exitCode()).isEqualTo(143);

            World.Outcome outcome = world.audit();
            String report = String.format(
                    Locale.ROOT, """
                    soak of %.1f minutes, %d processors
                    sessions cut          %d
                    warm                  %s
                    at the end            %s
                    %s""", MINUTES, Runtime.getRuntime().availableProcessors(), cuts, warm, end, outcome);
            Files.writeString(REPORT, report);
            System.out.println(report);
            outcome.isRight();
            end.isNotMuchMoreThan(warm);
        }
    }

    /** Lets time go by, in which one session of the program is cut off now and then; returns how many were. */
    private static long live(Running running, double minutes, TestDatabase database) {
        long end = System.nanoTime() + (long) (minutes * Duration.ofMinutes(1).toNanos());
        long cuts = 0;
        while (System.nanoTime() < end) {
            long left = Math.min(end - System.nanoTime(), BETWEEN_CUTS.toNanos());
            assertThat(running.runsFor(Duration.ofNanos(left)))
                    .as(running.err())
                    .isTrue();
            cuts += (long) database.one("select count(pg_terminate_backend(pid)) from (select pid from pg_stat_activity"
                    + " where datname = current_database() and application_name like 'dcs-sync%'"
                    + " order by backend_start limit 1) oldest");
        }
        return cuts;
    }
}
