package io.dcssync.cli;

import io.dcssync.config.Auth;
import io.dcssync.config.Settings;
import io.dcssync.config.SourceSettings;
import io.dcssync.demo.Banner;
import io.dcssync.demo.Comparison;
import io.dcssync.demo.Narrator;
import io.dcssync.demo.Paint;
import io.dcssync.demo.Receiver;
import io.dcssync.demo.Summary;
import io.dcssync.ledger.LedgerDatabase;
import io.dcssync.ledger.Migrations;
import io.dcssync.ledger.embedded.EmbeddedDatabase;
import io.dcssync.simulator.Faults;
import io.dcssync.simulator.PortTaken;
import io.dcssync.simulator.SimulatedAuth;
import io.dcssync.simulator.Simulator;
import io.dcssync.simulator.SimulatorSettings;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

/** The scheduled job with a simulator before it, a receiver behind it, and a narrator beside it. */
final class Demo {

    // a list in which something fails soon after the first look at it
    private static final int TASKS = 150;
    private static final long SEED = 209;

    // a third of the requests have no good answer
    private static final String CHAOS = "mix,hang=3%,cap=40";
    private static final double CHAOS_SPEED = 2;

    private final Settings settings;
    private final DemoFolder folder;
    private final Receiver receiver;
    private final URI dcs;
    private final boolean chaos;
    private final PrintWriter out;
    private final Paint paint;

    /** What ends a demo, by returning. */
    @FunctionalInterface
    interface Ending {
        void await() throws InterruptedException;
    }

    /**
     * Prepares one.
     *
     * @param dcs where the simulator is to listen
     * @param chaos whether the simulator has a bad day
     */
    Demo(
            Settings settings,
            DemoFolder folder,
            Receiver receiver,
            URI dcs,
            boolean chaos,
            PrintWriter out,
            Paint paint) {
        this.settings = settings;
        this.folder = folder;
        this.receiver = receiver;
        this.dcs = dcs;
        this.chaos = chaos;
        this.out = out;
        this.paint = paint;
    }

    /** Runs until the ending comes, and returns the exit code. */
    int run(Ending ending) throws Exception {
        HttpPorts ports = HttpPorts.find(settings.http());
        say(List.of(Banner.title(paint)));
        try (LedgerDatabase database = LedgerDatabase.open(settings.database(), Installation.data())) {
            StopOnSignal.check();
            Migrations.drop(database.migrators());
            Files.deleteIfExists(folder.alerts());
            Comparison comparison;
            try (ScheduledJob job = ScheduledJob.start(settings, database, ports);
                    Simulator simulator = simulator()) {
                say(banner(database.embedded().orElseThrow(), ports, simulator).lines(paint));
                job.add("sync-now");
                job.add("narrate-passes", "narrator", new Narrator(receiver, out, paint, ZoneId.systemDefault()));
                job.schedule();
                ending.await();
                say(List.of("", "stopping: the lists stand still, and are read once more …"));
                comparison = new LastLook(settings, job, simulator, database.dataSource()).take();
                job.stop(); // before the simulator that it asks
            }
            Summary summary = Summary.of(database.dataSource());
            say(List.of(""));
            say(summary.lines(chaos && comparison.isRight()));
            say(comparison.lines());
            say(List.of("kept       in %s until the next demo, which begins anew".formatted(folder.path())));
            return summary.isSound() && comparison.isRight() ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private Simulator simulator() {
        List<String> projects =
                settings.sources().stream().map(SourceSettings::projectId).toList();
        try {
            SimulatedAuth auth = simulatedAuth();
            SimulatorSettings simulated = SimulatorSettings.standard(Installation.root())
                    .withProjects(projects.toArray(String[]::new))
                    .withPort(dcs.getPort())
                    .withTasks(TASKS)
                    .withSeed(SEED)
                    .withAuth(auth);
            String expiry = auth instanceof SimulatedAuth.Login ? ",token-expiry" : "";
            return Simulator.start(
                    chaos ? simulated.withFaults(Faults.parse(CHAOS + expiry)).withSpeed(CHAOS_SPEED) : simulated);
        } catch (IllegalArgumentException | PortTaken e) {
            throw new CommandException(ExitCode.USAGE, "the simulator does not start: " + e.getMessage(), e);
        }
    }

    /** It asks for what the sources show. */
    private SimulatedAuth simulatedAuth() {
        Auth auth = settings.sources().get(0).auth();
        if (auth instanceof Auth.Login login) {
            return new SimulatedAuth.Login(login.user(), login.password());
        }
        return auth instanceof Auth.AccessKeys keys
                ? new SimulatedAuth.AccessKeys(keys.accessKey().reveal(), keys.secretKey())
                : new SimulatedAuth.None();
    }

    private Banner banner(EmbeddedDatabase server, HttpPorts ports, Simulator simulator) {
        return new Banner(
                server.jdbcUrl(),
                server.user(),
                fromHere(server.passwordFile()),
                simulator.url(),
                settings.sources().get(0).projectId(),
                chaos,
                URI.create("http://" + ports.management() + "/observe"),
                URI.create("http://" + ports.served()),
                receiver.url(),
                fromHere(folder.alerts()));
    }

    /** A path as short as it can be typed. */
    private static Path fromHere(Path path) {
        Path here = Path.of("").toAbsolutePath();
        Path whole = path.toAbsolutePath();
        return whole.startsWith(here) ? here.relativize(whole) : whole;
    }

    private void say(List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }
}
