package io.dcssync.cli;

import io.dcssync.config.Secret;
import io.dcssync.simulator.Fault;
import io.dcssync.simulator.Faults;
import io.dcssync.simulator.PortTaken;
import io.dcssync.simulator.SimulatedAuth;
import io.dcssync.simulator.Simulator;
import io.dcssync.simulator.SimulatorSettings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code simulate}: the DCS endpoint simulator alone, until it is told to stop. The first line of standard output is
 * the URL, and it is printed when requests are answered there.
 */
@Command(
        name = "simulate",
        showDefaultValues = true,
        description = "Runs a DCS endpoint with made-up migration tasks on 127.0.0.1, to try things against.")
public final class SimulateCommand implements Callable<Integer> {

    @Mixin
    @SuppressWarnings("UnusedVariable") // DcsSync reads it, for the logs
    private CommonOptions options;

    @Option(names = "--port", paramLabel = "PORT", description = "port to listen on; 0 = any")
    private int port = SimulatorSettings.DEFAULT_PORT;

    @Option(
            names = "--project-id",
            paramLabel = "ID",
            description = "a project to know, with a list of its own; may be given more than once",
            defaultValue = SimulatorSettings.DEFAULT_PROJECT)
    private List<String> projectIds;

    @Option(names = "--tasks", paramLabel = "N", description = "tasks in each list at the start")
    private int tasks = SimulatorSettings.DEFAULT_TASKS;

    @Option(names = "--seed", paramLabel = "S", description = "what everything made up follows from")
    private long seed = SimulatorSettings.DEFAULT_SEED;

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            description = "at 1 something happens to a task every 1.5 seconds, at 10 ten times as often;"
                    + " at 0 the list stands still and is the same every time")
    private double speed = SimulatorSettings.DEFAULT_SPEED;

    @Option(
            names = "--auth",
            paramLabel = "KIND",
            description =
                    "what requests must show: none, aksk (a signature) or token (from its own IAM, at the same URL)")
    private String auth = "none";

    @Option(names = "--access-key", paramLabel = "KEY", description = "for aksk: the access key")
    private String accessKey;

    @Option(names = "--secret-key", paramLabel = "KEY", description = "for aksk: the secret key")
    private String secretKey;

    @Option(names = "--user", paramLabel = "NAME", description = "for token: who may log in, in any domain")
    private String user;

    @Option(names = "--password", paramLabel = "WORD", description = "for token: with this password")
    private String password;

    @Option(names = "--faults", paramLabel = "LIST", description = "what is to go wrong, see below")
    private String faults;

    private CommandSpec spec;

    @Spec
    void setSpec(CommandSpec spec) {
        this.spec = spec;
        spec.usageMessage().footer(footer());
    }

    @Override
    public Integer call() {
        SimulatorSettings settings = settings();
        try (Simulator simulator = Simulator.start(settings)) {
            Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "stop-simulator"));
            PrintWriter out = spec.commandLine().getOut();
            out.println(simulator.url());
            out.flush();
            // a signal ends the process from outside; an interrupt is how a caller within it does so
            new CountDownLatch(1).await();
            return ExitCode.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.OK;
        } catch (PortTaken e) {
            spec.commandLine()
                    .getErr()
                    .println("simulate: " + e.getMessage() + "; choose another with --port, or 0 for any");
            return ExitCode.USAGE;
        }
    }

    private SimulatorSettings settings() {
        try {
            return new SimulatorSettings(
                    Installation.root(),
                    port,
                    projectIds,
                    tasks,
                    seed,
                    speed,
                    auth(),
                    faults == null ? Faults.NONE : Faults.parse(faults));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private SimulatedAuth auth() {
        return switch (auth) {
            case "none" -> new SimulatedAuth.None();
            case "aksk" ->
                new SimulatedAuth.AccessKeys(
                        needed("access-key", accessKey), new Secret(needed("secret-key", secretKey)));
            case "token" -> new SimulatedAuth.Login(needed("user", user), new Secret(needed("password", password)));
            default -> throw new IllegalArgumentException("--auth is " + auth + ", allowed is none, aksk or token");
        };
    }

    private String needed(String option, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("--auth " + auth + " needs --" + option);
        }
        return value;
    }

    private static String[] footer() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Faults, for --faults, separated by commas:");
        for (Fault fault : Fault.values()) {
            lines.add(line(fault.word(), (fault.isPassing() ? "a request " : "") + fault.meaning()));
        }
        lines.add(line("mix", "those of requests, without hang; 5%% of the requests each"));
        lines.add("A fault of requests befalls 10%% of them, or as many as is said: 500=30%%.");
        lines.add("");
        lines.add("The first line it prints is the URL. The same seed gives the same tasks.");
        lines.add("Example: dcs-sync simulate --tasks 1000 --speed 5 --faults mix,cap=100");
        return lines.toArray(String[]::new);
    }

    private static String line(String word, String meaning) {
        return "  %-17s%s".formatted(word, meaning);
    }
}
