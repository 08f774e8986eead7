package io.dcssync.cli;

import io.dcssync.config.ProjectSearch;
import io.dcssync.config.Settings;
import io.dcssync.config.SourceSettings;
import io.dcssync.source.FindProjects;
import io.dcssync.source.auth.CredentialsUnavailable;
import io.dcssync.source.auth.Project;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a source for each project in the place of the searches of a configuration. */
final class FoundSources {

    private static final Logger log = LoggerFactory.getLogger(FoundSources.class);

    private FoundSources() {}

    /**
     * Asks IAM, and returns the settings with what was found.
     *
     * @throws CredentialsUnavailable if there is no answer
     * @throws CommandException if an account has no project, or two would be sources of one name
     */
    static Settings in(Settings settings) throws CredentialsUnavailable {
        List<SourceSettings> all = new ArrayList<>(settings.sources());
        for (ProjectSearch search : settings.searches()) {
            if (search.source().enabled()) {
                all.addAll(of(search, settings.sources()));
            }
        }
        refuseTwins(all);
        return settings.withSources(all);
    }

    /** Asks IAM for the sources of one search; throws as {@link #in} does. */
    static List<SourceSettings> of(ProjectSearch search, List<SourceSettings> configured)
            throws CredentialsUnavailable {
        List<SourceSettings> found = sources(search, FindProjects.of(search), configured);
        log.atInfo()
                .addKeyValue("source", search.source().name())
                .log(
                        "{}: projects found: {}",
                        search.source().name(),
                        String.join(
                                ", ", found.stream().map(SourceSettings::name).toList()));
        return found;
    }

    /** What a source of its own reads is left to it. */
    static List<SourceSettings> sources(ProjectSearch search, List<Project> projects, List<SourceSettings> configured) {
        List<SourceSettings> found = projects.stream()
                .filter(project -> configured.stream()
                        .noneMatch(source -> source.projectId().equals(project.id())
                                && source.endpoint().equals(search.source().endpoint())))
                .map(project -> search.source().of(nameOf(search, project), project.id()))
                .toList();
        if (projects.isEmpty()) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "IAM at %s lists no project for source %s: give the user a right in one, or check the region in source.%s.endpoint"
                            .formatted(
                                    search.iamEndpoint(),
                                    search.source().name(),
                                    search.source().name()));
        }
        return found;
    }

    private static String nameOf(ProjectSearch search, Project project) {
        return search.source().name() + "-"
                + project.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
    }

    static void refuseTwins(List<SourceSettings> sources) {
        Map<String, SourceSettings> byName = new HashMap<>();
        for (SourceSettings source : sources) {
            SourceSettings twin = byName.put(source.name(), source);
            if (twin != null) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "the projects %s and %s would both be the source %s: give one of them a source of its own, by source.NAME.project-id"
                                .formatted(twin.projectId(), source.projectId(), source.name()));
            }
        }
    }
}
