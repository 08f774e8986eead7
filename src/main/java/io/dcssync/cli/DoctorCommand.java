package io.dcssync.cli;

import io.dcssync.config.ChannelSettings;
import io.dcssync.config.Settings;
import io.dcssync.config.SourceSettings;
import io.dcssync.doctor.Check;
import io.dcssync.doctor.Checks;
import io.dcssync.doctor.Finding;
import io.dcssync.ledger.LedgerCheck;
import io.dcssync.source.SourceCheck;
import io.dcssync.source.auth.CredentialsUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at all that the program works with, and says what is so and what to do, a line each. It changes nothing. */
@Command(
        name = "doctor",
        description = "Check configuration, database, endpoints, credentials, paging, alert channels and ports.",
        footer = {
            "",
            "Prints a line for each finding: ok, warn, or FAIL with what to do about it. Exit code 1 if any is FAIL.",
            "Asks each source for up to five pages, writes nothing, and sends nothing but with --send-test."
        })
final class DoctorCommand implements Callable<Integer> {

    // the embedded database may have to recover from a crash
    private static final Duration DATABASE_PATIENCE = Duration.ofSeconds(90);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Mixin
    private CommonOptions options;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Of sources and channels, only what is named; repeatable.")
    private Set<String> sources = new TreeSet<>();

    @Option(
            names = "--channel",
            paramLabel = "NAME",
            description = "Of sources and channels, only what is named; repeatable.")
    private Set<String> channels = new TreeSet<>();

    @Option(names = "--send-test", description = "Send each channel one event that is marked as a test.")
    private boolean sendTest;

    private int width;
    private boolean failed;

    @Override
    public Integer call() {
        List<Finding> notFound = new ArrayList<>();
        Settings settings = withFoundSources(options.settings(), notFound);
        List<SourceSettings> asked = askedSources(settings.sources());
        List<ChannelSettings> told = toldChannels(settings.channels());
        width = Stream.concat(
                        Stream.of("configuration"),
                        Stream.concat(
                                asked.stream().map(DoctorCommand::subject),
                                told.stream().map(DoctorCommand::subject)))
                .mapToInt(String::length)
                .max()
                .getAsInt();
        // before all else, as it may say that the configuration cannot be used
        try (Job job = Job.withoutLedger(settings, "send-alert");
                StopOnSignal signal = new StopOnSignal();
                Checks checks = new Checks()) {
            signal.by(job::stop);
            Map<String, CompletableFuture<List<Finding>>> found = new LinkedHashMap<>();
            found.put("configuration", begin(checks, new ConfigurationCheck(options.files(), settings)));
            found.put(
                    "database",
                    checks.begin(new LedgerCheck(settings.database(), Installation.data()), DATABASE_PATIENCE));
            asked.forEach(
                    source -> found.put(subject(source), begin(checks, new SourceCheck(source, job.access(source)))));
            told.forEach(channel -> found.put(subject(channel), begin(checks, job.check(channel, sendTest))));
            found.put("ports", begin(checks, tell -> HttpPorts.tried(settings.http())
                    .forEach(tell)));
            notFound.forEach(finding -> print("sources", finding));
            found.forEach((subject, findings) -> findings.join().forEach(finding -> print(subject, finding)));
        }
        return failed ? ExitCode.FAILED : ExitCode.OK;
    }

    /** Sources that are to be found are checked like others, where IAM names them. */
    private static Settings withFoundSources(Settings settings, List<Finding> notFound) {
        try {
            return FoundSources.in(settings);
        } catch (CredentialsUnavailable | CommandException e) {
            notFound.add(Finding.fail("projects cannot be found: " + e.getMessage()));
            return settings;
        }
    }

    private static CompletableFuture<List<Finding>> begin(Checks checks, Check check) {
        return checks.begin(check, PATIENCE);
    }

    private void print(String subject, Finding finding) {
        failed |= finding.verdict() == Finding.Verdict.FAIL;
        String line = "%-4s  %s%s  %s"
                .formatted(finding.verdict().word(), subject, " ".repeat(width - subject.length()), finding.text());
        spec.commandLine().getOut().println(Complaints.oneLine(line));
        spec.commandLine().getOut().flush();
    }

    private List<SourceSettings> askedSources(List<SourceSettings> configured) {
        mustBeAmong(configured.stream().map(SourceSettings::name).toList(), sources, "source");
        return configured.stream()
                .filter(source ->
                        sources.isEmpty() ? channels.isEmpty() && source.enabled() : sources.contains(source.name()))
                .toList();
    }

    private List<ChannelSettings> toldChannels(List<ChannelSettings> configured) {
        mustBeAmong(configured.stream().map(ChannelSettings::name).toList(), channels, "channel");
        return configured.stream()
                .filter(channel ->
                        channels.isEmpty() ? sources.isEmpty() || sendTest : channels.contains(channel.name()))
                .toList();
    }

    private void mustBeAmong(List<String> known, Set<String> names, String what) {
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "No %s is named '%s'; configured are: %s"
                                .formatted(what, name, known.isEmpty() ? "none" : String.join(", ", known)));
            }
        }
    }

    private static String subject(SourceSettings source) {
        return "source " + source.name();
    }

    private static String subject(ChannelSettings channel) {
        return "channel " + channel.name();
    }
}
