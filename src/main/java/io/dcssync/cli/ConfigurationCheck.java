package io.dcssync.cli;

import io.dcssync.config.AlertKind;
import io.dcssync.config.Auth;
import io.dcssync.config.ChannelSettings;
import io.dcssync.config.HttpSettings;
import io.dcssync.config.ProjectSearch;
import io.dcssync.config.Settings;
import io.dcssync.config.SourceSettings;
import io.dcssync.doctor.Check;
import io.dcssync.doctor.Finding;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks for what a configuration may say and nobody would mean. What it may not say, nobody gets as far as here with.
 *
 * @param settings as they are written, with the searches for projects still in them
 */
record ConfigurationCheck(List<Path> files, Settings settings) implements Check {

    @Override
    public void make(Consumer<Finding> tell) {
        List<String> enabled = written()
                .filter(SourceSettings::enabled)
                .map(source -> source.projectId().isEmpty() ? "those found for " + source.name() : source.name())
                .toList();
        String read = files.stream().map(Path::toString).collect(Collectors.joining(", "));
        if (enabled.isEmpty()) {
            tell.accept(Finding.fail(read + "; " + SyncCommand.noSource().getMessage()));
        } else {
            tell.accept(Finding.ok("%s; sources: %s; channels: %s"
                    .formatted(
                            read,
                            names(enabled),
                            names(settings.channels().stream()
                                    .map(ChannelSettings::name)
                                    .toList()))));
        }
        written().forEach(source -> judge(source, tell));
        judgeChannels(tell);
        judgeTraces(tell);
    }

    /** Sources, and what those that are to be found will have in common. */
    private Stream<SourceSettings> written() {
        return Stream.concat(
                settings.sources().stream(), settings.searches().stream().map(ProjectSearch::source));
    }

    private static void judge(SourceSettings source, Consumer<Finding> tell) {
        if (!source.enabled()) {
            tell.accept(Finding.warn("source %s is not enabled, so it is not read (source.%s.enabled)"
                    .formatted(source.name(), source.name())));
            return;
        }
        if (isOpen(source.endpoint()) && !(source.auth() instanceof Auth.None)) {
            tell.accept(Finding.warn(
                    "source.%s.endpoint is http: and not this machine, so that what shows who asks travels unencrypted; use https:"
                            .formatted(source.name())));
        }
        if (source.auth() instanceof Auth.Login login && isOpen(login.iamEndpoint())) {
            tell.accept(Finding.warn(
                    "source.%s.iam-endpoint is http: and not this machine, so that the password travels unencrypted; use https:"
                            .formatted(source.name())));
        }
    }

    private void judgeTraces(Consumer<Finding> tell) {
        settings.traces()
                .filter(traces -> !traces.headers().isEmpty() && isOpen(traces.endpoint()))
                .ifPresent(
                        traces -> tell.accept(
                                Finding.warn(
                                        "otel.endpoint is http: and not this machine, so that otel.headers travels unencrypted; use https:")));
    }

    /** Whether others may read what goes there. */
    private static boolean isOpen(URI url) {
        return "http".equalsIgnoreCase(url.getScheme()) && !HttpSettings.isLoopback(url.getHost());
    }

    private void judgeChannels(Consumer<Finding> tell) {
        List<ChannelSettings> channels = settings.channels();
        if (channels.isEmpty()) {
            tell.accept(Finding.warn("no channel, so that nobody is told of a failed task; give alert.NAME.uri"));
        } else if (channels.stream().noneMatch(channel -> channel.on().contains(AlertKind.FAILED))) {
            tell.accept(
                    Finding.warn("no channel asks for failed (alert.*.on), so that nobody is told of a failed task"));
        } else if (channels.stream().allMatch(channel -> channel.uri().reveal().startsWith("log:"))) {
            tell.accept(Finding.warn("all alerts go to the log and nowhere else, so that only who reads it is told"));
        }
    }

    private static String names(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
