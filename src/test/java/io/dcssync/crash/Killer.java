package io.dcssync.crash;

import static org.awaitility.Awaitility.await;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.program.Running;
import io.dcssync.simulator.ReceivedRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Kills the program at a point, exactly: whoever waits there for an answer waits until it is dead. */
final class Killer {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int LATEST_REQUEST = 24;

    private final World world;
    private final Random random;

    Killer(World world, Random random) {
        this.world = world;
        this.random = random;
    }

    /** Returns, when the program is dead, whether it died at the point; if it never came there, it died waiting. */
    boolean kill(Running program, Point point) throws SQLException {
        return switch (point) {
            case MIGRATING -> whileItMigrates(program);
            case STARTING -> after(program, random.nextInt(3000));
            case ANY_TIME -> after(program, 2000 + random.nextInt(6000));
            case ASKED -> at(world::beforeAPage, program, program::kill);
            case ANSWERED -> at(world::beforeAPage, program, () -> soon(program));
            case RECEIVED -> at(world::beforeADelivery, program, program::kill);
            case TAKEN -> at(world::beforeADelivery, program, () -> soon(program));
            case STOPPING -> at(world::beforeAPage, program, () -> stop(program));
            case OPENING, STORING, CLOSING, CLAIMING, RECORDING ->
                StatementTraps.in(world.ledger()).killAt(point, random.nextInt(3) > 0, PATIENCE, program::kill);
        };
    }

    private static boolean after(Running program, int millis) {
        boolean alive = program.runsFor(Duration.ofMillis(millis));
        program.kill();
        return alive;
    }

    /** At one of the next requests, by the thread that would answer it. */
    private boolean at(Consumer<Consumer<ReceivedRequest>> place, Running program, Runnable kill) {
        AtomicInteger left = new AtomicInteger(random.nextInt(LATEST_REQUEST));
        CountDownLatch dead = new CountDownLatch(1);
        place.accept(request -> {
            if (left.getAndDecrement() == 0) {
                kill.run();
                dead.countDown();
            }
        });
        try {
            boolean hit = dead.await(PATIENCE.toSeconds(), TimeUnit.SECONDS) && !program.runsFor(Duration.ofSeconds(5));
            place.accept(request -> {});
            program.kill();
            return hit;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Just after the answer, which is sent meanwhile. */
    private void soon(Running program) {
        int millis = random.nextInt(40);
        Thread killing = new Thread(() -> after(program, millis), "killer");
        killing.setDaemon(true);
        killing.start();
    }

    private void stop(Running program) {
        program.terminate();
        after(program, random.nextInt(1500));
    }

    /** While it waits for a schema that another session is just making: the tables', when there is none, or the views'. */
    private boolean whileItMigrates(Running program) throws SQLException {
        TestDatabase database = world.ledger();
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("create schema " + (random.nextBoolean() ? "dcs" : "report"));
            await("the migration waits").atMost(PATIENCE).until(() -> database.one(
                            "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                    + " and datname = current_database()")
                    .equals(1L));
            program.kill();
            other.rollback();
            return true;
        }
    }
}
