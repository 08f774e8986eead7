package io.dcssync.cli;

import java.nio.file.Path;

/** Where the program is installed: routes, shipped configuration and data are found from here. */
public final class Installation {

    private static final String HOME = "dcs-sync.home";

    private Installation() {}

    /**
     * Returns the installation's root, which the launcher gives; without a launcher it is the working directory. It is
     * relative where it is the working directory or below, for the sake of short messages.
     */
    public static Path root() {
        Path here = Path.of("").toAbsolutePath();
        Path root = here.resolve(System.getProperty(HOME, "")).normalize();
        return root.startsWith(here) ? here.relativize(root) : root;
    }

    /** Returns the configuration that is read before all others. */
    public static Path configuration() {
        return root().resolve("config").resolve("application.properties");
    }

    /** Returns where the program keeps what it must not lose. */
    public static Path data() {
        return root().resolve("data");
    }
}
