package io.dcssync.cli;

import io.dcssync.config.Settings;
import io.dcssync.config.SourceSettings;
import io.dcssync.ledger.LedgerDatabase;
import io.dcssync.ledger.Migrations;
import io.dcssync.source.auth.CredentialsUnavailable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One pass over every source now, and a try to send the alerts that are due. */
@Command(name = "sync", description = "Make one pass over every source now, publish the alerts that are due, and exit.")
final class SyncCommand implements Callable<Integer> {

    private static final Logger log = LoggerFactory.getLogger(SyncCommand.class);
    static final String[] ROUTES = {
        "errors",
        "sync-now",
        "sync-source",
        "open-run",
        "fetch-page",
        "check-page",
        "store-page",
        "close-run",
        "keep-leases",
        "drain-alerts",
        "publish-alerts",
        "send-alert",
        "ledger"
    };

    @Mixin
    private CommonOptions options;

    @Spec
    private CommandSpec spec;

    @Option(names = "--source", paramLabel = "NAME", description = "Only this source; repeatable.")
    private Set<String> names = new TreeSet<>();

    @Option(
            names = "--accept-missing",
            description = "Let this pass say that tasks are missing, however many they are.")
    private boolean acceptMissing;

    @Override
    public Integer call() throws Exception {
        Settings settings = withProjects(options.settings());
        List<String> sources = chosen(settings.sources());
        try (StopOnSignal signal = new StopOnSignal();
                LedgerDatabase database = LedgerDatabase.open(settings.database(), Installation.data())) {
            Migrations.ensure(database.dataSource(), database.migrators(), settings.database());
            try (Job job = Job.start(settings, database.dataSource(), Map.of(), ROUTES)) {
                signal.by(job::stop);
                Supplier<List<SourceResult>> passes =
                        () -> makePasses(job, sources, settings.sync().parallelism());
                List<SourceResult> results = ShownProgress.isWanted(options.logFormat())
                        ? new ShownProgress(() ->
                                        job.progress().stream().map(HowFar::of).toList())
                                .during(passes)
                        : passes.get();
                if (signal.received()) {
                    log.info("stopped: passes under way are recorded as abandoned, alerts stay pending");
                    return ExitCode.FAILED;
                }
                DueAlerts.send(job, settings.channels());
                results.forEach(result -> spec.commandLine().getOut().println(Complaints.oneLine(result.line(job))));
                return results.stream().allMatch(SourceResult::isWhole) ? ExitCode.OK : ExitCode.FAILED;
            }
        }
    }

    private static Settings withProjects(Settings written) {
        try {
            return FoundSources.in(written);
        } catch (CredentialsUnavailable e) {
            throw new CommandException(ExitCode.FAILED, "nothing was read: " + e.getMessage(), e);
        }
    }

    private List<String> chosen(List<SourceSettings> configured) {
        List<String> known = configured.stream().map(SourceSettings::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "No source is named '%s'; configured are: %s".formatted(name, String.join(", ", known)));
            }
        }
        List<String> chosen = configured.stream()
                .filter(source -> names.isEmpty() ? source.enabled() : names.contains(source.name()))
                .map(SourceSettings::name)
                .toList();
        if (chosen.isEmpty()) {
            throw noSource();
        }
        return chosen;
    }

    static CommandException noSource() {
        return new CommandException(
                ExitCode.USAGE,
                "no source is configured, or none is enabled. Give source.NAME.endpoint, source.NAME.project-id and source.NAME.auth in a file, and the file with --config FILE");
    }

    private List<SourceResult> makePasses(Job job, List<String> sources, int sideBySide) {
        ExecutorService workers = Executors.newFixedThreadPool(Math.min(sideBySide, sources.size()));
        try {
            List<CompletableFuture<SourceResult>> passes = sources.stream()
                    .map(source -> CompletableFuture.supplyAsync(
                            () -> SourceResult.of(source, () -> job.sync(source, acceptMissing)), workers))
                    .toList();
            return passes.stream().map(CompletableFuture::join).toList();
        } finally {
            workers.shutdown();
        }
    }
}
