package io.dcssync.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.ledger.embedded.OwnServer;
import io.dcssync.program.Ended;
import io.dcssync.program.InstalledProgram;
import io.dcssync.program.Running;
import io.dcssync.program.Serving;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process of the command {@code run} goes on by itself, whatever the database goes through. */
class DatabaseGoesIT {

    private static final String OTHERS = "from pg_stat_activity where datname = current_database()"
            + " and pid <> pg_backend_pid() and backend_type = 'client backend'";

    @TempDir
    private Path folder;

    private OwnServer server;
    private TestDatabase database;
    private InstalledProgram program;
    private World world;
    private Running running;

    @BeforeEach
    void start() {
        server = OwnServer.in(folder.resolve("server")).start();
        database = server.database();
        world = new World(11, () -> database);
        program = world.configure(InstalledProgram.in(folder.resolve("program")).on(database))
                // what hangs is given up after seconds
                .with("database.url", database.jdbcUrl() + "&socketTimeout=4");
        running = program.start("run");
        soon().until(() -> running.err().contains("running: "));
        world.goesOn();
    }

    @AfterEach
    void kill() {
        program.close();
        world.close();
        server.close();
    }

    @Test
    void a_server_that_stops_or_crashes_and_comes_back_is_found_again() {
        for (String how : new String[] {"fast", "immediate"}) {
            server.stop(how);
            saysOnceMore("the database gives no connection");
            server.start();
            world.goesOn();
        }
        server.kill();
        saysOnceMore("the database gives no connection");
        server.start();
        world.goesOn();

        nothingIsLost();
    }

    @Test
    void a_connection_that_is_ended_in_the_middle_of_a_statement_is_replaced() throws Exception {
        StatementTraps traps = StatementTraps.in(database);
        for (Point point : Point.withTriggers()) {
            boolean hit = traps.killAt(point, true, Duration.ofSeconds(60), this::endAllConnections);
            assertThat(hit).as(point.name()).isTrue();
            world.goesOn();
        }

        nothingIsLost();
    }

    @Test
    void a_server_that_hangs_is_given_up_and_found_again_when_it_wakes() {
        server.pause();
        saysOnceMore("the database gives no connection");
        server.wake();
        world.goesOn();

        nothingIsLost();
    }

    /** What it was about to do it does when it wakes, though nobody waits for it any more. */
    @Test
    void a_statement_that_hangs_is_given_up_and_may_be_done_later() throws Exception {
        StatementTraps traps = StatementTraps.in(database);
        for (Point point : Point.withTriggers()) {
            boolean hit = traps.killAt(
                    point, true, Duration.ofSeconds(60), () -> saysOnceMore("I/O error occurred while sending"));
            assertThat(hit).as(point.name()).isTrue();
            world.goesOn();
        }

        nothingIsLost();
    }

    @Test
    void a_database_that_is_read_only_for_a_while_is_written_again_when_it_can_be() {
        String name = (String) database.one("select current_database()");
        database.run("alter database " + name + " set default_transaction_read_only = on");
        endAllConnections();
        saysOnceMore("read-only transaction");
        soon().until(() -> Serving.askedOf(running, "/health/ready").contains("alerts to digest, alerts to each"));
        assertThat(running.err()
                        .lines()
                        .filter(line -> line.contains("alerts to each wait") && line.contains("read-only")))
                .hasSize(1);
        database.run("begin; set transaction read write;" + " alter database " + name
                + " reset default_transaction_read_only; commit");
        world.goesOn();

        nothingIsLost();
    }

    @Test
    void a_disk_that_is_full_for_a_while_loses_nothing() {
        database.run("create function dcs.full() returns trigger language plpgsql as $$ begin raise exception"
                + " 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$");
        for (String write : new String[] {
            "insert on dcs.run",
            "insert on dcs.transition",
            "update of outcome on dcs.run",
            "update of state on dcs.alert"
        }) {
            String table = write.replaceAll(".* on ", "");
            database.run("create trigger disk_full before " + write + " for each row execute function dcs.full()");
            saysOnceMore("No space left on device");
            database.run("drop trigger disk_full on " + table);
            world.goesOn();
        }

        nothingIsLost();
    }

    private void saysOnceMore(String text) {
        long said = said(text);
        soon().until(() -> said(text) > said);
    }

    private long said(String text) {
        return running.err().lines().filter(line -> line.contains(text)).count();
    }

    private void endAllConnections() {
        database.run("select pg_terminate_backend(pid) " + OTHERS + " and application_name = 'dcs-sync'");
    }

    private void nothingIsLost() {
        // as if the time had passed for which they were claimed when their claim could not be ended
        database.run("update dcs.alert set claimed_until = now() where claimed_until > now()");
        world.comesToRest();
        Ended ended = running.terminate().ended(30);
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(143);
        world.audit().isRight();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(90)).ignoreExceptions();
    }
}
