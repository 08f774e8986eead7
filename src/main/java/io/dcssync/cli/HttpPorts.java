package io.dcssync.cli;

import io.dcssync.config.HttpSettings;
import io.dcssync.doctor.Finding;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

/**
 * The addresses on which the program answers: one for dashboard and mirror, one for health and metrics, which tell nothing of
 * tasks.
 *
 * @param served {@code host:port} of dashboard and mirror, as it stands in a URL
 * @param management {@code host:port} of health and metrics, as it stands in a URL
 * @param properties those by which Camel opens the ports
 */
record HttpPorts(String served, String management, Map<String, String> properties) {

    // no client sends a body of any size
    private static final int LARGEST_BODY = 64 * 1024;

    /**
     * Finds the ports; where any is wanted, one that is free.
     *
     * @throws CommandException if something else listens there: Camel would only log that, and go on without
     */
    static HttpPorts find(HttpSettings http) {
        // both at a time, or the same port could be found for both
        try (ServerSocket served = bind("http.port", "http.host", http.host(), http.port());
                ServerSocket management = bind(
                        "http.management-port", "http.management-host", http.managementHost(), http.managementPort())) {
            return new HttpPorts(
                    address(http.host(), served.getLocalPort()),
                    address(http.managementHost(), management.getLocalPort()),
                    properties(http, served.getLocalPort(), management.getLocalPort()));
        } catch (IOException e) {
            throw new IllegalStateException("a port that was tried could not be given back", e);
        }
    }

    private static Map<String, String> properties(HttpSettings http, int port, int managementPort) {
        return Map.ofEntries(
                Map.entry("camel.server.enabled", "true"),
                Map.entry("camel.server.host", bare(http.host())),
                Map.entry("camel.server.port", String.valueOf(port)),
                Map.entry("camel.server.maxBodySize", String.valueOf(LARGEST_BODY)),
                // or there would be a folder for them
                Map.entry("camel.server.fileUploadEnabled", "false"),
                Map.entry("camel.management.enabled", "true"),
                Map.entry("camel.management.host", bare(http.managementHost())),
                Map.entry("camel.management.port", String.valueOf(managementPort)),
                Map.entry("camel.management.healthCheckEnabled", "true"),
                Map.entry("camel.management.metricsEnabled", "true"),
                Map.entry("camel.health.exposureLevel", "full"),
                Map.entry("camel.health.consumersEnabled", "false"), // each says the same as its route
                Map.entry("camel.metrics.enabled", "true"),
                Map.entry("camel.metrics.binders", "jvm-memory,processor"),
                // it goes through all meters for each exchange, and each part of a page is one
                Map.entry("camel.metrics.enableExchangeEventNotifier", "false"));
    }

    /** Tries the ports one by one, and keeps none. */
    static List<Finding> tried(HttpSettings http) {
        return List.of(
                tried("http.port", "http.host", http.host(), http.port()),
                tried("http.management-port", "http.management-host", http.managementHost(), http.managementPort()));
    }

    private static Finding tried(String portKey, String hostKey, String host, int port) {
        try (ServerSocket free = bind(portKey, hostKey, host, port)) {
            String which = port == 0 ? "any; " : "";
            return Finding.ok("%s: %s%s is free".formatted(portKey, which, address(host, free.getLocalPort())));
        } catch (CommandException e) {
            return Finding.warn(
                    "%s: %s cannot be listened on (%s): a run of dcs-sync may have it; if none has, set %s or %s to what is free"
                            .formatted(
                                    portKey, address(host, port), e.getCause().getMessage(), portKey, hostKey));
        } catch (IOException e) {
            throw new IllegalStateException("a port that was tried could not be given back", e);
        }
    }

    private static ServerSocket bind(String portKey, String hostKey, String host, int port) throws IOException {
        ServerSocket probe = new ServerSocket();
        try {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(bare(host), port));
            return probe;
        } catch (IOException e) {
            probe.close();
            throw new CommandException(
                    ExitCode.USAGE,
                    "%s cannot be listened on (%s); set %s or %s to what is free"
                            .formatted(address(host, port), e.getMessage(), portKey, hostKey),
                    e);
        }
    }

    /** An IPv6 address may be written in brackets, as in a URL. */
    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String address(String host, int port) {
        return (bare(host).contains(":") ? "[" + bare(host) + "]" : host) + ":" + port;
    }
}
