package io.dcssync.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.program.InstalledProgram;
import io.dcssync.program.Running;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes of the command {@code run} on one database and the same sources, each with triggers of its own. */
class SeveralNodesIT {

    private static final Duration TICK = Duration.ofSeconds(1);
    /** More than a busy machine takes to do what it should do at once. */
    private static final Duration SLACK = Duration.ofSeconds(4);

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final World world = new World(7, () -> database);

    private InstalledProgram program;

    @BeforeEach
    void install() {
        program = world.configure(InstalledProgram.in(folder).on(database));
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void nodes_side_by_side_make_no_pass_no_transition_and_no_event_twice() {
        List<Running> nodes =
                Stream.generate(() -> program.start("run")).limit(3).toList();
        soon().until(() -> world.wholePasses() >= 20);
        soon().until(() -> nodes.stream().anyMatch(node -> node.err().contains("skipped, pass ")));

        World.Outcome outcome = theEnd(nodes);

        outcome.isRight();
        assertThat(outcome.repeats()).isZero();
        assertThat(database.one("select count(*) from report.sync_run where outcome = 'abandoned'"
                        + " and error_code = 'taken-over'"))
                .as("live passes that were taken over")
                .isEqualTo(0L);
    }

    @Test
    void the_sources_of_a_node_that_was_killed_are_taken_over_when_their_leases_have_ended() {
        List<Running> nodes = List.of(program.start("run"), program.start("run"));
        soon().until(() -> nodes.stream().allMatch(node -> node.err().contains("running: ")));
        AtomicReference<Running> dead = new AtomicReference<>();
        world.beforeAPage(request -> {
            if (dead.get() == null && dead.compareAndSet(null, holder(nodes))) {
                dead.get().kill();
            }
        });
        soon().until(() -> dead.get() != null && !dead.get().runsFor(Duration.ZERO));
        Map<String, Object> orphan = database.rows(
                        "select r.run_id, r.source, s.lease_until from dcs.source s join dcs.run r on r.run_id = s.current_run"
                                + " where r.node like ? order by s.lease_until desc limit 1",
                        "%:" + dead.get().pid())
                .get(0);

        soon().until(() -> next(orphan) != null);

        assertThat(next(orphan)).isBetween(time(orphan), time(orphan).plus(TICK).plus(SLACK));
        theEnd(nodes.stream().filter(node -> node != dead.get()).toList()).isRight();
        assertThat(database.rows(
                        "select outcome, error_code from report.sync_run where run_id = ?", orphan.get("run_id")))
                .containsExactly(Map.of("outcome", "abandoned", "error_code", "taken-over"));
    }

    @Test
    void a_node_that_slept_longer_than_its_lease_writes_nothing_more_of_its_pass() {
        Running sleeper = program.start("run");
        AtomicBoolean asleep = new AtomicBoolean();
        // in its second pass, so that there is something to compare with
        world.beforeAPage(request -> {
            if (world.wholePasses() > 2 && asleep.compareAndSet(false, true)) {
                sleeper.signal("STOP");
            }
        });
        soon().until(asleep::get);
        Running other = program.start("run");
        soon().until(() -> other.err().contains("taking the source over")
                && (long) database.one(
                                "select count(*) from report.sync_run where node like ? and outcome = 'complete'",
                                "%:" + other.pid())
                        >= 4);
        List<Map<String, Object>> before = endedRunsOf(sleeper);

        sleeper.signal("CONT");
        soon().until(() -> sleeper.err().contains("taken over by another process"));
        soon().until(() -> sleeper.err()
                        .lines()
                        .filter(line -> line.contains("skipped, pass "))
                        .count()
                >= 2);

        assertThat(endedRunsOf(sleeper)).containsAll(before);
        World.Outcome outcome = theEnd(List.of(sleeper, other));
        outcome.isRight();
        assertThat(sleeper.err()).doesNotContain("ERROR");
    }

    @Test
    void an_alert_whose_sender_slept_longer_than_its_claim_is_sent_by_another_and_recorded_once() {
        Running sleeper = program.start("run");
        AtomicReference<String> event = new AtomicReference<>();
        world.beforeADelivery(delivery -> {
            if (event.compareAndSet(null, delivery.headers().get("webhook-id"))) {
                sleeper.signal("STOP");
            }
        });
        soon().until(() -> event.get() != null);
        database.run("update dcs.alert set claimed_until = now() where claim is not null"); // as if time had passed
        Running other = program.start("run");
        soon().until(() -> !database.rows(
                        "select from report.alert where event_id::text = ? and state = 'delivered'", event.get())
                .isEmpty());

        sleeper.signal("CONT");
        soon().until(() -> sleeper.err().contains("another process sends it too, with the same id"));

        World.Outcome outcome = theEnd(List.of(sleeper, other));
        outcome.isRight();
        assertThat(outcome.repeats()).isPositive();
        assertThat(database.one(
                        "select max(attempts) from report.alert where event_id::text = ? and state = 'delivered'",
                        event.get()))
                .isEqualTo(1);
    }

    private World.Outcome theEnd(List<Running> nodes) {
        world.comesToRest();
        nodes.forEach(Running::terminate);
        nodes.forEach(
                node -> assertThat(node.ended(30).exitCode()).as(node.err()).isEqualTo(143));
        return world.audit();
    }

    /** The node that makes a pass just now. */
    private Running holder(List<Running> nodes) {
        String node = (String)
                database.rows("select node from report.sync_run where outcome = 'running' order by run_id limit 1")
                        .get(0)
                        .get("node");
        return nodes.stream()
                .filter(each -> node.endsWith(":" + each.pid()))
                .findAny()
                .orElseThrow();
    }

    /** When the pass after that one began; null: there is none yet. */
    private Instant next(Map<String, Object> run) {
        Timestamp started = (Timestamp) database.one(
                "select min(started_at) from report.sync_run where source = ? and run_id > ?",
                run.get("source"),
                run.get("run_id"));
        return started == null ? null : started.toInstant();
    }

    private static Instant time(Map<String, Object> orphan) {
        return ((Timestamp) orphan.get("lease_until")).toInstant();
    }

    private List<Map<String, Object>> endedRunsOf(Running node) {
        return database.rows(
                "select * from report.sync_run where node like ? and outcome <> 'running' order by run_id",
                "%:" + node.pid());
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(90)).ignoreExceptions();
    }
}
