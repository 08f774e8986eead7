package io.dcssync.cli;

import io.dcssync.config.HttpSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

/** The port for health and metrics, which tell nothing of tasks. */
final class ManagementPort {

    private ManagementPort() {}

    /**
     * Returns the properties by which Camel opens the port.
     *
     * @throws CommandException if something else listens there: Camel would only log that, and go on without
     */
    static Map<String, String> properties(HttpSettings http) {
        int port = free(http);
        return Map.of(
                "camel.management.enabled", "true",
                "camel.management.host", http.managementHost(),
                "camel.management.port", String.valueOf(port),
                "camel.management.healthCheckEnabled", "true",
                "camel.management.metricsEnabled", "true",
                "camel.health.exposureLevel", "full",
                "camel.health.consumersEnabled", "false", // each says the same as its route
                "camel.metrics.enabled", "true",
                "camel.metrics.binders", "jvm-memory,processor");
    }

    /** Returns the port to listen on; where any is wanted, one that is free. */
    private static int free(HttpSettings http) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(http.managementHost(), http.managementPort()));
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "%s:%d cannot be listened on (%s); set http.management-port or http.management-host to what is free"
                            .formatted(http.managementHost(), http.managementPort(), e.getMessage()),
                    e);
        }
    }
}
