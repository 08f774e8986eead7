package io.dcssync.ledger.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Names the machine, or container, since its start: within it, processes see each other by their numbers. */
final class Machine {

    private Machine() {}

    /** Returns a name that differs between containers, machines and starts of them; Linux only, elsewhere constant. */
    static String name() {
        Path boot = Path.of("/proc/sys/kernel/random/boot_id");
        Path processes = Path.of("/proc/self/ns/pid");
        try {
            return Files.exists(boot)
                    ? Files.readString(boot).strip() + " " + Files.readSymbolicLink(processes)
                    : "this machine";
        } catch (IOException notToBeSeen) {
            return "this machine";
        }
    }
}
