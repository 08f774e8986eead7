package io.dcssync.simulator;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a simulated DCS is to be.
 *
 * @param home the installation, whose {@code routes/} folder holds the simulator's routes
 * @param port where it listens, on 127.0.0.1 only; 0 = any free port
 * @param projectIds the projects it knows; each has a list of its own
 * @param tasks tasks in each list at the start, 0 to 100,000
 * @param seed what is made up follows from it and from the project
 * @param speed how fast the lists live: at 1 something happens in each list every 1.5 seconds, at 10 ten times as
 *     often; at 0 they stand still and are equal byte for byte, today and tomorrow. 0 to 1,000
 * @param auth what callers must show
 * @param faults what is wrong with it
 */
public record SimulatorSettings(
        Path home,
        int port,
        List<String> projectIds,
        int tasks,
        long seed,
        double speed,
        SimulatedAuth auth,
        Faults faults) {

    public static final int DEFAULT_PORT = 8079;
    /** The project of the API document's example. */
    public static final String DEFAULT_PROJECT = "666486c2d9b948c1bbea57e714d744fa";

    public static final int DEFAULT_TASKS = 200;
    public static final long DEFAULT_SEED = 7;
    public static final double DEFAULT_SPEED = 1;

    private static final String ROUTES = "routes/simulate-dcs.camel.yaml";
    private static final Pattern PROJECT_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public SimulatorSettings {
        refuseUnless(port >= 0 && port <= 65_535, "port", port, "0 to 65535");
        refuseUnless(tasks >= 0 && tasks <= 100_000, "tasks", tasks, "0 to 100000");
        refuseUnless(speed >= 0 && speed <= 1000, "speed", speed, "0 to 1000");
        refuseUnless(!projectIds.isEmpty(), "project-id", "(none)", "at least one");
        if (faults.has(Fault.TOKEN_EXPIRY) && !(auth instanceof SimulatedAuth.Login)) {
            throw new IllegalArgumentException("--faults token-expiry needs --auth token");
        }
        for (String id : projectIds) {
            refuseUnless(PROJECT_ID.matcher(id).matches(), "project-id", id, "1 to 64 of A-Z a-z 0-9 _ -");
        }
        if (!Files.isReadable(home.resolve(ROUTES))) {
            throw new IllegalArgumentException(
                    "dcs-sync.home is " + home.toAbsolutePath() + ", which has no " + ROUTES);
        }
        projectIds = List.copyOf(new LinkedHashSet<>(projectIds));
    }

    /** The defaults of the command line. */
    public static SimulatorSettings standard(Path home) {
        return new SimulatorSettings(
                home,
                DEFAULT_PORT,
                List.of(DEFAULT_PROJECT),
                DEFAULT_TASKS,
                DEFAULT_SEED,
                DEFAULT_SPEED,
                new SimulatedAuth.None(),
                Faults.NONE);
    }

    public SimulatorSettings withPort(int port) {
        return new SimulatorSettings(home, port, projectIds, tasks, seed, speed, auth, faults);
    }

    public SimulatorSettings withProjects(String... projectIds) {
        return new SimulatorSettings(home, port, List.of(projectIds), tasks, seed, speed, auth, faults);
    }

    public SimulatorSettings withTasks(int tasks) {
        return new SimulatorSettings(home, port, projectIds, tasks, seed, speed, auth, faults);
    }

    public SimulatorSettings withSeed(long seed) {
        return new SimulatorSettings(home, port, projectIds, tasks, seed, speed, auth, faults);
    }

    public SimulatorSettings withSpeed(double speed) {
        return new SimulatorSettings(home, port, projectIds, tasks, seed, speed, auth, faults);
    }

    public SimulatorSettings withAuth(SimulatedAuth auth) {
        return new SimulatorSettings(home, port, projectIds, tasks, seed, speed, auth, faults);
    }

    public SimulatorSettings withFaults(Faults faults) {
        return new SimulatorSettings(home, port, projectIds, tasks, seed, speed, auth, faults);
    }

    /** Returns the file with the simulator's routes. */
    Path routes() {
        return home.resolve(ROUTES);
    }

    private static void refuseUnless(boolean allowed, String option, Object value, String what) {
        if (!allowed) {
            throw new IllegalArgumentException("--" + option + " is " + value + ", allowed is " + what);
        }
    }
}
