package io.dcssync.cli;

import io.dcssync.simulator.PortTaken;
import io.dcssync.simulator.Simulator;
import io.dcssync.simulator.SimulatorSettings;
import java.io.PrintWriter;
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
        description = "Runs a DCS endpoint with made-up migration tasks on 127.0.0.1, to try things against.",
        footer = {
            "",
            "The first line it prints is the URL. The same seed gives the same tasks.",
            "Example: dcs-sync simulate --tasks 1000 --speed 5"
        })
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

    @Option(names = "--auth", paramLabel = "KIND", description = "how requests must be authenticated: none")
    private String auth = "none";

    @Spec
    private CommandSpec spec;

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
        if (!auth.equals("none")) {
            throw new ParameterException(spec.commandLine(), "--auth is " + auth + ", allowed is none");
        }
        try {
            return new SimulatorSettings(Installation.root(), port, projectIds, tasks, seed, speed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
