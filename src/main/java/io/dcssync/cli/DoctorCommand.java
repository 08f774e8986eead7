package io.dcssync.cli;

import io.dcssync.config.ChannelSettings;
import io.dcssync.config.ProjectSearch;
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
import java.util.function.Function;
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
            "Asks each source for up to five pages, each once more where that may help. Makes no database, but starts the"
                    + " embedded one that is there while it looks. Sends nothing but with --send-test."
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
        Settings written = options.settings();
        Map<String, Finding> notFound = new LinkedHashMap<>();
        Settings settings = withFoundSources(written, notFound);
        List<SourceSettings> asked = askedSources(settings.sources(), notFound.keySet());
        List<ChannelSettings> told = toldChannels(settings.channels());
        width = Stream.concat(
                        Stream.of("configuration"),
                        Stream.of(
                                        asked.stream().map(DoctorCommand::subject),
                                        notFound.keySet().stream().map(DoctorCommand::source),
                                        told.stream().map(DoctorCommand::subject))
                                .flatMap(Function.identity()))
                .mapToInt(String::length)
                .max()
                .getAsInt();
        // before all else, as it may say that the configuration cannot be used
        try (Job job = Job.withoutLedger(settings, "send-alert");
                StopOnSignal signal = new StopOnSignal();
                Checks checks = new Checks()) {
            signal.by(job::stop);
            Map<String, CompletableFuture<List<Finding>>> found = new LinkedHashMap<>();
            found.put("configuration", begin(checks, new ConfigurationCheck(options.files(), written)));
            found.put(
                    "database",
                    checks.begin(new LedgerCheck(settings.database(), Installation.data()), DATABASE_PATIENCE));
            asked.forEach(
                    source -> found.put(subject(source), begin(checks, new SourceCheck(source, job.access(source)))));
            told.forEach(channel -> found.put(subject(channel), begin(checks, job.check(channel, sendTest))));
            found.put("ports", begin(checks, tell -> HttpPorts.tried(settings.http())
                    .forEach(tell)));
            notFound.forEach((search, finding) -> print(source(search), finding));
            found.forEach((subject, findings) -> findings.join().forEach(finding -> print(subject, finding)));
        }
        return failed ? ExitCode.FAILED : ExitCode.OK;
    }

    /** Sources that are to be found are checked like others, where IAM names them; where not, their search is told of. */
    private Settings withFoundSources(Settings written, Map<String, Finding> notFound) {
        List<SourceSettings> all = new ArrayList<>(written.sources());
        for (ProjectSearch search : written.searches()) {
            String name = search.source().name();
            if (search.source().enabled() && isAskedFor(name)) {
                try {
                    List<SourceSettings> more = new ArrayList<>(all);
                    more.addAll(FoundSources.of(search, written.sources()));
                    FoundSources.refuseTwins(more);
                    all = more;
                } catch (CredentialsUnavailable | CommandException e) {
                    notFound.put(name, Finding.fail("projects: none is checked: " + e.getMessage()));
                }
            }
        }
        return written.withSources(all);
    }

    /** Whether what a search finds, or would have found, may be among the sources that are named. */
    private boolean isAskedFor(String search) {
        return sources.isEmpty() ? channels.isEmpty() : sources.stream().anyMatch(name -> isOf(search, name));
    }

    private static boolean isOf(String search, String source) {
        return source.equals(search) || source.startsWith(search + "-");
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

    private List<SourceSettings> askedSources(List<SourceSettings> configured, Set<String> notFound) {
        Set<String> named = new TreeSet<>(sources);
        // whether there is one of that name is not known then
        named.removeIf(name -> notFound.stream().anyMatch(search -> isOf(search, name)));
        mustBeAmong(configured.stream().map(SourceSettings::name).toList(), named, "source");
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
        return source(source.name());
    }

    private static String source(String name) {
        return "source " + name;
    }

    private static String subject(ChannelSettings channel) {
        return "channel " + channel.name();
    }
}
