package io.dcssync.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.program.InstalledProgram;
import io.dcssync.simulator.LivingDcs;
import io.dcssync.simulator.ReceivedRequest;
import io.dcssync.simulator.ScriptedReceiver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All that is around the program: two lists that live, a receiver for two channels, and the ledger. In the end it stands
 * still, and what the program has made of it is compared with what really happened.
 */
final class World implements AutoCloseable {

    private static final int TASKS = 50;
    private static final int PAGE_SIZE = 20;
    private static final int LONGEST_PAUSE_MILLIS = 150;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** Its alerts come one by one, and many of them in digests. */
    private static final List<String> CHANNELS = List.of("each", "digest");

    private final Map<String, LivingDcs> sources = new LinkedHashMap<>();
    private final ScriptedReceiver receiver = ScriptedReceiver.start();
    private final Supplier<TestDatabase> ledger;
    private final int pageSize;

    World(long seed, Supplier<TestDatabase> ledger) {
        this(ledger, PAGE_SIZE);
        sources.put("one", LivingDcs.start(seed, TASKS, LONGEST_PAUSE_MILLIS));
        sources.put("two", LivingDcs.start(seed + 1, TASKS, LONGEST_PAUSE_MILLIS));
    }

    private World(Supplier<TestDatabase> ledger, int pageSize) {
        this.ledger = ledger;
        this.pageSize = pageSize;
    }

    /** One list, of so many tasks, that changes more often than it is asked for. */
    static World ofOneList(long seed, int tasks, int pageSize, TestDatabase ledger) {
        World world = new World(() -> ledger, pageSize);
        world.sources.put("one", LivingDcs.start(seed, tasks, 20));
        return world;
    }

    /** Lets a program read the lists every second, in several pages, and send to the channels. */
    InstalledProgram configure(InstalledProgram program) {
        sources.forEach((name, dcs) -> program.reads(name, dcs.url().toString())
                .with("source." + name + ".schedule", "* * * * * ?")
                .with("source." + name + ".page-size", pageSize)
                .with("source." + name + ".page-overlap", 3));
        CHANNELS.forEach(channel -> program.with("alert." + channel + ".uri", receiver.url() + "/" + channel)
                .with("alert." + channel + ".retry-delay", "200ms"));
        return program.with("alert.each.first-sync", "each")
                .with("alert.each.digest-above", 0)
                .with("alert.digest.digest-above", 3)
                .with("sync.lease", "3s")
                // lists that nobody looks at for a while change by more than half
                .with("sync.max-missing-share", 1)
                .with("http.management-port", 0)
                .with("http.port", 0);
    }

    TestDatabase ledger() {
        return ledger.get();
    }

    List<ReceivedRequest> deliveries() {
        return receiver.received();
    }

    /** Runs before each request for a page is answered, of whichever source. */
    void beforeAPage(Consumer<ReceivedRequest> happening) {
        sources.values().forEach(dcs -> dcs.before(happening));
    }

    /** Runs before each delivery is answered, on whichever channel. */
    void beforeADelivery(Consumer<ReceivedRequest> happening) {
        receiver.before(happening);
    }

    /** From now on one in twenty requests fails, for a page and of a delivery that has arrived. */
    void misbehaves() {
        sources.values().forEach(dcs -> dcs.fails(5));
        AtomicInteger deliveries = new AtomicInteger();
        beforeADelivery(request -> {
            switch (deliveries.incrementAndGet() % 40) {
                case 0 -> receiver.resetsNext();
                case 20 -> receiver.answersNext(503, "Connection", "keep-alive");
                default -> {}
            }
        });
    }

    /** Those that were listed from the beginning to the end, and so can never have been missing. */
    Set<String> neverGone() {
        Set<String> ids = new TreeSet<>();
        for (LivingDcs dcs : sources.values()) {
            Truth truth = Truth.of(dcs);
            truth.listed().keySet().stream()
                    .filter(id -> truth.of(id).get(0).since().equals(Instant.MIN))
                    .forEach(ids::add);
        }
        return ids;
    }

    /** How many whole passes there were. */
    long wholePasses() {
        return (long) ledger().one("select count(*) from report.sync_run where outcome in ('complete', 'repaired')");
    }

    /** Waits until a running program makes whole passes on the sources, and delivers alerts. */
    void goesOn() {
        long passes = wholePasses();
        long delivered = delivered();
        await("passes are made and alerts delivered")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> wholePasses() >= passes + sources.size() && delivered() > delivered);
    }

    private long delivered() {
        return (long) ledger().one("select count(*) from report.alert where state = 'delivered'");
    }

    /** Lets the lists change no more, and waits until a running program has seen that and told all. */
    void comesToRest() {
        sources.values().forEach(dcs -> {
            dcs.fails(0);
            dcs.standStill();
        });
        String now = ledger().one("select dcs.rfc3339(clock_timestamp())").toString();
        // two passes, as the first that lacks a task does not make it missing
        sources.keySet().forEach(source -> await(source + " is read twice more")
                .atMost(PATIENCE)
                .until(() -> (long) ledger().one(
                                        "select count(*) from report.sync_run where source = ?"
                                                + " and outcome in ('complete', 'repaired') and started_at > ?::timestamptz",
                                        source,
                                        now)
                        >= 2));
        await("all alerts are delivered").atMost(PATIENCE).until(() -> ledger().one(
                        "select count(*) from report.alert where state = 'pending'")
                .equals(0L));
    }

    /** Compares; the lists must stand still and the program have ended. */
    Outcome audit() {
        Findings findings = new Findings();
        int changes = 0;
        for (Map.Entry<String, LivingDcs> source : sources.entrySet()) {
            Truth truth = Truth.of(source.getValue());
            new StatusAudit(ledger(), source.getKey(), truth, findings).audit();
            changes += truth.changes();
        }
        new RunAudit(ledger(), findings).audit();
        List<AlertAudit> alerts = new ArrayList<>();
        for (String channel : CHANNELS) {
            List<ReceivedRequest> its = deliveries().stream()
                    .filter(delivery -> delivery.path().equals("/" + channel))
                    .toList();
            AlertAudit audit = new AlertAudit(ledger(), channel, its, findings);
            audit.audit();
            alerts.add(audit);
        }
        return new Outcome(
                findings,
                changes,
                (String) ledger().one("select string_agg(outcome || ' ' || n, ', ' order by outcome)"
                        + " from (select outcome, count(*) as n from report.sync_run group by outcome) o"),
                (long) ledger().one("select count(*) from report.task_transition"),
                (long) ledger().one("select count(*) from report.alert where kind = 'failed'"),
                alerts.stream().mapToInt(AlertAudit::deliveries).sum(),
                alerts.stream().mapToInt(AlertAudit::repeats).sum());
    }

    @Override
    public void close() {
        sources.values().forEach(LivingDcs::close);
        receiver.close();
    }

    /**
     * What the comparison came to.
     *
     * @param passes how many passes ended how
     * @param failures failed alerts in the outbox, one for each failure and channel
     */
    record Outcome(
            Findings findings,
            int changes,
            String passes,
            long transitions,
            long failures,
            int deliveries,
            int repeats) {

        /** Fails unless everything is right, and unless there was something to be wrong. */
        void isRight() {
            assertThat(findings.all()).isEmpty();
            assertThat(transitions).isPositive();
            assertThat(failures).isPositive();
        }

        @Override
        public String toString() {
            return """
                    changes in the lists  %d
                    passes                %s
                    transitions           %d
                    failure alerts        %d
                    deliveries            %d
                    repeats, same id      %d
                    lost                  %d
                    invented              %d
                    otherwise wrong       %d
                    %s""".formatted(
                            changes,
                            passes,
                            transitions,
                            failures,
                            deliveries,
                            repeats,
                            findings.lost(),
                            findings.invented(),
                            findings.all().size() - findings.lost() - findings.invented(),
                            String.join("\n", findings.all()));
        }
    }
}
