package io.dcssync.simulator;

import io.dcssync.listapi.CallerCheck;
import io.dcssync.listapi.SignatureCheck;
import io.dcssync.listapi.TokenCheck;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A running DCS endpoint with made-up lists. Thread-safe; it runs until it is closed. */
public final class Simulator implements AutoCloseable {

    /** The present of lists that stand still, so that they are the same tomorrow. */
    private static final Instant STANDSTILL = Instant.parse("2026-01-01T00:00:00Z");

    private static final double SECONDS_BETWEEN_STEPS = 1.5;

    private final Map<String, LivingList> lists;
    private final AtomicReference<Faults> faults;
    private final SimulatorServer server;
    private final Thread heart = new Thread(this::live, "simulator-heart");
    private final Duration pause;

    private Simulator(
            Map<String, LivingList> lists, AtomicReference<Faults> faults, SimulatorServer server, double speed) {
        this.lists = lists;
        this.faults = faults;
        this.server = server;
        this.pause = Duration.ofNanos((long) (SECONDS_BETWEEN_STEPS * 1e9 / speed));
        heart.setDaemon(true);
    }

    /**
     * Starts a simulator; when this returns it answers.
     *
     * @throws PortTaken when nothing can listen on the port that was asked for
     */
    public static Simulator start(SimulatorSettings settings) throws PortTaken {
        return start(settings, settings.speed() > 0 ? Clock.systemUTC() : Clock.fixed(STANDSTILL, ZoneOffset.UTC));
    }

    static Simulator start(SimulatorSettings settings, Clock clock) throws PortTaken {
        Map<String, LivingList> lists = new LinkedHashMap<>();
        for (String projectId : settings.projectIds()) {
            long seed = settings.seed() * 31 + projectId.hashCode();
            lists.put(projectId, new LivingList(seed, settings.tasks(), clock));
        }
        SimulatedIam iam = new SimulatedIam(settings.auth(), settings.projectIds(), settings.faults());
        AtomicReference<Faults> faults = new AtomicReference<>(settings.faults());
        SimulatorServer server = SimulatorServer.start(
                settings,
                faults::get,
                Map.of(
                        "simulatedDcs",
                        new SimulatedDcs(lists, faults::get),
                        "simulatedIam",
                        iam,
                        "gate",
                        new Gate(check(settings, iam))));
        Simulator simulator = new Simulator(lists, faults, server, settings.speed());
        if (settings.speed() > 0) {
            simulator.heart.start();
        }
        return simulator;
    }

    /** Signatures are held against the real time, also where the lists stand still. */
    private static CallerCheck check(SimulatorSettings settings, SimulatedIam iam) {
        SimulatedAuth auth = settings.auth();
        if (auth instanceof SimulatedAuth.AccessKeys keys) {
            return new SignatureCheck(
                    keys.accessKey(),
                    keys.secretKey().reveal(),
                    settings.faults().clock());
        }
        return auth instanceof SimulatedAuth.Login ? new TokenCheck(iam::isGood) : CallerCheck.NONE;
    }

    /** Returns the base URL, {@code http://127.0.0.1:PORT}; the real port where any was asked for. */
    public URI url() {
        return URI.create("http://" + SimulatorServer.HOST + ":" + server.port());
    }

    /** Returns the list of a project that was configured; tests step it by hand. */
    public LivingList list(String projectId) {
        LivingList list = lists.get(projectId);
        if (list == null) {
            throw new IllegalArgumentException("no project " + projectId + " here, only " + lists.keySet());
        }
        return list;
    }

    /** Lets the lists stand still from now on, and no new request meet a fault; tokens stay as they are. */
    public void calm() throws InterruptedException {
        heart.interrupt();
        heart.join();
        faults.set(Faults.NONE);
    }

    /** Stops answering, within a second or two. */
    @Override
    public void close() {
        heart.interrupt();
        server.close();
    }

    /** Pauses between steps, rather than keeping a rate: a machine that wakes up is not to catch up in a burst. */
    private void live() {
        try {
            while (true) {
                Thread.sleep(pause.toMillis(), pause.toNanosPart() % 1_000_000);
                lists.values().forEach(LivingList::step);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
