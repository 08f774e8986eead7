package io.dcssync.cli;

import io.dcssync.config.ChannelSettings;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The alerts that are due now. */
final class DueAlerts {

    private static final Logger log = LoggerFactory.getLogger(DueAlerts.class);

    /** The route files that sending them needs. */
    static final String[] ROUTES = {"drain-alerts", "publish-alerts", "send-alert", "ledger"};

    private DueAlerts() {}

    /**
     * Tries once to send what is due on these channels, side by side; returns when all was tried. A channel that fails says
     * so in the log; what it was to send stays pending.
     */
    static void send(Job job, List<ChannelSettings> channels) {
        ExecutorService workers = Executors.newCachedThreadPool();
        try {
            CompletableFuture.allOf(channels.stream()
                            .map(channel -> CompletableFuture.runAsync(() -> send(job, channel), workers))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        } finally {
            workers.shutdown();
        }
    }

    private static void send(Job job, ChannelSettings channel) {
        try {
            job.drain(channel);
        } catch (Exception e) {
            log.atWarn()
                    .addKeyValue("channel", channel.name())
                    .setCause(e)
                    .log("alerts to {} could not be sent now; they stay pending", channel.name());
        }
    }
}
