package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.dcssync.config.GivenSettings;
import io.dcssync.config.Settings;
import io.dcssync.config.SourceSettings;
import io.dcssync.source.auth.Project;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of the projects that IAM lists. */
class FoundSourcesTest {

    private final Settings settings = GivenSettings.source(
            "https://dcs.eu-de.example.com",
            "source.all.endpoint = https://dcs.eu-de.example.com",
            "source.all.projects = discover",
            "source.all.access-key = ak",
            "source.all.secret-key = sk",
            "source.all.iam-endpoint = https://iam.example.com");

    @Test
    void each_is_a_source_whose_name_has_lower_case_letters_digits_and_hyphens_only() {
        assertThat(found(new Project("p2", "eu-de"), new Project("p3", "eu-de_Team 1")))
                .extracting(SourceSettings::name, SourceSettings::projectId)
                .containsExactly(tuple("all-eu-de", "p2"), tuple("all-eu-de-team-1", "p3"));
    }

    @Test
    void one_that_a_source_of_its_own_reads_is_left_to_that() {
        assertThat(found(new Project("p1", "eu-de"), new Project("p2", "eu-de_a")))
                .extracting(SourceSettings::projectId)
                .containsExactly("p2");
    }

    @Test
    void two_that_would_be_one_source_are_refused() {
        assertThatThrownBy(() ->
                        FoundSources.refuseTwins(found(new Project("p2", "eu-de_a"), new Project("p3", "eu-de-A"))))
                .isInstanceOfSatisfying(
                        CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContainingAll("p2", "p3", "all-eu-de-a", "project-id");
    }

    @Test
    void none_at_all_is_an_error() {
        assertThatThrownBy(this::found)
                .isInstanceOf(CommandException.class)
                .hasMessageContainingAll("https://iam.example.com", "source all");
    }

    private List<SourceSettings> found(Project... projects) {
        return FoundSources.sources(settings.searches().get(0), List.of(projects), settings.sources());
    }
}
