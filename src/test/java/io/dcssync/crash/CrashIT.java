package io.dcssync.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.ledger.embedded.OwnServer;
import io.dcssync.program.Ended;
import io.dcssync.program.InstalledProgram;
import io.dcssync.program.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program is killed again and again while its sources go on, at all points where that could do harm; in the end
 * nothing is lost, nothing is invented, and everything adds up.
 *
 * <p>{@code -Dcrash.kills=200} kills more often; {@code -Dcrash.seed=S} draws the same points in the same order.
 */
class CrashIT {

    private static final int KILLS = Integer.getInteger("crash.kills", 15);
    private static final int WITH_THEIR_DATABASE = KILLS / 7;
    private static final long SEED = Long.getLong("crash.seed", System.nanoTime() % 1_000_000);

    @TempDir
    private Path folder;

    @Test
    void killed_at_every_point_it_loses_nothing_and_invents_nothing() throws Exception {
        try (TestDatabase database = TestDatabase.fresh();
                World world = new World(SEED, () -> database);
                InstalledProgram program =
                        world.configure(InstalledProgram.in(folder).on(database))) {
            Story story = new Story("on a server", KILLS - WITH_THEIR_DATABASE, SEED);
            Killer killer = new Killer(world, new Random(SEED));
            for (Point point : story.points(Point.values())) {
                if (point == Point.MIGRATING) {
                    database.run("drop schema if exists report cascade; drop schema if exists dcs cascade");
                }
                Running running = program.start("run");
                story.killed(point, killer.kill(running, point), running);
            }
            nothingIsLost(lastRun(program, world), world, story);
        }
    }

    @Test
    void killed_together_with_its_own_database_it_loses_nothing_either() throws Exception {
        try (OwnServer server = OwnServer.in(folder.resolve("data/postgres"));
                World world = new World(SEED, server::database);
                InstalledProgram program = world.configure(InstalledProgram.in(folder))) {
            assertThat(program.run("migrate").exitCode()).isZero();
            Story story = new Story("with a database of its own", WITH_THEIR_DATABASE, SEED);
            Random random = new Random(SEED);
            Killer killer = new Killer(world, random);
            for (Point point : story.points(
                    Point.ASKED, Point.STARTING, Point.ANSWERED, Point.TAKEN, Point.STOPPING, Point.ANY_TIME)) {
                Running running = program.start("run");
                boolean hit = killer.kill(running, point);
                if (random.nextInt(3) > 0) {
                    server.kill();
                }
                story.killed(point, hit, running);
            }
            Ended ended = lastRun(program, world);
            server.start();
            nothingIsLost(ended, world, story);
        }
    }

    private static Ended lastRun(InstalledProgram program, World world) {
        Running last = program.start("run");
        await().atMost(Duration.ofSeconds(60)).until(() -> last.err().contains("running: "));
        // as if the time had passed for which the dead have claimed them
        world.ledger().run("update dcs.alert set claimed_until = now() where claimed_until > now()");
        world.comesToRest();
        return last.terminate().ended(30);
    }

    private static void nothingIsLost(Ended ended, World world, Story story) {
        World.Outcome outcome = world.audit();
        story.tell(outcome);
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(143);
        assertThat(story.endedBySurprise()).isEmpty();
        assertThat(outcome.findings().all()).as(story.howToRepeat()).isEmpty();
        outcome.isRight();
    }
}
