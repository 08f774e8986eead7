package io.dcssync.cli;

import io.dcssync.config.Settings;
import io.dcssync.ledger.LedgerDatabase;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The scheduled job, until a signal stops it. */
@Command(name = "run", description = "Make passes by the schedule of each source, and send alerts, until stopped.")
final class RunCommand implements Callable<Integer> {

    private static final Logger log = LoggerFactory.getLogger(RunCommand.class);

    @Mixin
    private CommonOptions options;

    @Override
    public Integer call() throws Exception {
        Settings settings = options.settings();
        long sources = ScheduledJob.sources(settings);
        if (sources == 0) {
            throw SyncCommand.noSource();
        }
        HttpPorts ports = HttpPorts.find(settings.http());
        CountDownLatch stopped = new CountDownLatch(1);
        try (StopOnSignal signal = new StopOnSignal();
                LedgerDatabase database = LedgerDatabase.open(settings.database(), Installation.data());
                ScheduledJob job = ScheduledJob.start(settings, database, ports)) {
            signal.by(stopped::countDown);
            job.schedule();
            log.info(
                    "running: sources {}, channels {}; mirror at http://{}/v2, health at http://{}/observe/health",
                    sources,
                    settings.channels().size(),
                    ports.served(),
                    ports.management());
            stopped.await();
        }
        return ExitCode.OK;
    }
}
