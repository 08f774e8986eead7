package io.dcssync.cli;

import ch.qos.logback.classic.Level;
import io.dcssync.config.DurationText;
import io.dcssync.config.Settings;
import io.dcssync.demo.Paint;
import io.dcssync.demo.Receiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The whole product on one machine, until a signal stops it or its time is over. */
@Command(
        name = "demo",
        description = "Show the whole product on this machine with nothing to install: PostgreSQL, a simulated DCS "
                + "whose tasks live, passes every few seconds, and alerts.",
        footer = {
            "",
            "It runs with config/demo.properties (with --chaos also config/chaos.properties, and then --config), on free ports, keeps its data under data/demo, and "
                    + "begins with an empty ledger each time. It reads no config/application.properties, and leaves a "
                    + "DATABASE_URL of the environment alone. At its end the ledger is held against the simulator's lists; the "
                    + "exit code is 1 where they differ."
        })
final class DemoCommand implements Callable<Integer> {

    private static final String OTHER_LEDGERS = "DATABASE_.*";

    private static final Duration FOR_EVER = Duration.ofMillis(Long.MAX_VALUE);

    @Mixin
    private CommonOptions options;

    @Option(names = "--for", paramLabel = "TIME", description = "Stop by itself after this time, such as 60s or 2m.")
    private String time;

    @Option(
            names = "--chaos",
            description = "Let the simulated DCS have a bad day: a third of its answers fail, break off or never come.")
    private boolean chaos;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Duration limit = limit();
        if (!options.verbose()) {
            // in chaos the narrator tells why passes fail
            Logging.only(chaos ? Level.ERROR : Level.WARN);
        }
        CountDownLatch stopped = new CountDownLatch(1);
        try (StopOnSignal signal = new StopOnSignal();
                DemoFolder folder = DemoFolder.take(Installation.data().resolve("demo"));
                Receiver receiver = Receiver.start()) {
            signal.by(stopped::countDown);
            URI dcs = URI.create("http://127.0.0.1:" + freePort());
            Settings settings = settings(folder, receiver.url(), dcs);
            Paint paint = new Paint(Ansi.AUTO.enabled());
            Demo demo = new Demo(
                    settings, folder, receiver, dcs, chaos, spec.commandLine().getOut(), paint);
            return demo.run(() -> {
                boolean unused = stopped.await(limit.toMillis(), TimeUnit.MILLISECONDS);
            });
        }
    }

    private Duration limit() {
        if (time == null) {
            return FOR_EVER;
        }
        return DurationText.parse(time)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--for is '%s', allowed is a time such as 60s or 2m".formatted(time)));
    }

    /**
     * Reads the configuration. The demo gives what is known only now as variables; a database that others name is meant
     * for what runs in earnest.
     */
    private Settings settings(DemoFolder folder, URI webhook, URI dcs) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.matches(OTHER_LEDGERS));
        environment.put("DCS_SYNC_DEMO_ENDPOINT", dcs.toString());
        environment.put("DCS_SYNC_DEMO_WEBHOOK", webhook.toString());
        environment.put("DCS_SYNC_DEMO_FOLDER", folder.path().toString());
        Settings settings = options.settings(
                Stream.of("demo", "chaos")
                        .filter(name -> chaos || !name.equals("chaos"))
                        .map(name -> Installation.root().resolve("config/" + name + ".properties"))
                        .toList(),
                environment);
        // the ledger is emptied: it must be the demo's own
        boolean ownLedger = settings.database().url().isEmpty()
                && settings.database()
                        .folder()
                        .map(Path::toAbsolutePath)
                        .equals(Optional.of(folder.database().toAbsolutePath()));
        if (!ownLedger) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "the demo keeps its ledger in %s and begins with an empty one: leave database.url and database.folder out, or use run"
                            .formatted(folder.database()));
        }
        if (!settings.searches().isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "the demo simulates the projects that its sources name: leave source.%s.projects out, or use run"
                            .formatted(settings.searches().get(0).source().name()));
        }
        if (ScheduledJob.sources(settings) == 0) {
            throw SyncCommand.noSource();
        }
        return settings;
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
