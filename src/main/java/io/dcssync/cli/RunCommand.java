package io.dcssync.cli;

import io.dcssync.config.Settings;
import io.dcssync.ledger.LedgerDatabase;
import io.dcssync.source.auth.CredentialsUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The scheduled job, until a signal stops it. */
@Command(name = "run", description = "Make passes by the schedule of each source, and send alerts, until stopped.")
final class RunCommand implements Callable<Integer> {

    private static final Logger log = LoggerFactory.getLogger(RunCommand.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    @Mixin
    private CommonOptions options;

    @Override
    public Integer call() throws Exception {
        Settings written = options.settings();
        HttpPorts ports = HttpPorts.find(written.http());
        CountDownLatch stopped = new CountDownLatch(1);
        try (StopOnSignal signal = new StopOnSignal()) {
            signal.by(stopped::countDown);
            Optional<Settings> settings = withProjects(written, stopped);
            if (settings.isPresent()) {
                run(settings.get(), ports, stopped);
            }
        }
        return ExitCode.OK;
    }

    /**
     * Asks for projects until IAM answers: when a machine starts, its network may not be there yet. A refusal ends the
     * command. Empty: it was stopped meanwhile.
     */
    private static Optional<Settings> withProjects(Settings written, CountDownLatch stopped)
            throws InterruptedException {
        do {
            try {
                return Optional.of(FoundSources.in(written));
            } catch (CredentialsUnavailable e) {
                if (!e.worthAnotherTry()) {
                    throw new CommandException(ExitCode.FAILED, "nothing was started: " + e.getMessage(), e);
                }
                log.warn(
                        "nothing is started until the projects are known, next try in {} s: {}",
                        PAUSE.toSeconds(),
                        e.getMessage());
            }
        } while (!stopped.await(PAUSE.toSeconds(), TimeUnit.SECONDS));
        return Optional.empty();
    }

    private static void run(Settings settings, HttpPorts ports, CountDownLatch stopped) throws Exception {
        long sources = ScheduledJob.sources(settings);
        if (sources == 0) {
            throw SyncCommand.noSource();
        }
        try (LedgerDatabase database = LedgerDatabase.open(settings.database(), Installation.data());
                ScheduledJob job = ScheduledJob.start(settings, database, ports)) {
            job.schedule();
            log.info(
                    "running: sources {}, channels {}; dashboard at http://{}/, mirror at http://{}/v2, health at http://{}/observe/health",
                    sources,
                    settings.channels().size(),
                    ports.served(),
                    ports.served(),
                    ports.management());
            stopped.await();
        }
    }
}
