package io.dcssync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code source.<name>.projects = discover}, as it is configured. */
class ProjectSearchTest {

    private static final String[] SEARCH = {
        "source.a.endpoint = https://dcs.eu-de.example.com",
        "source.a.projects = discover",
        "source.a.access-key = ak",
        "source.a.secret-key = sk",
    };

    @TempDir
    Path folder;

    @Test
    void it_is_no_source_but_knows_what_all_its_sources_have_in_common() {
        Settings settings = new Configuration(folder)
                .file(SEARCH)
                .file("source.a.iam-endpoint = https://iam.example.com", "source.a.page-size = 50")
                .read();

        assertThat(settings.sources()).isEmpty();
        assertThat(settings.searches()).singleElement().satisfies(search -> {
            assertThat(search.iamEndpoint()).isEqualTo(URI.create("https://iam.example.com"));
            assertThat(search.source().of("a-eu", "p1").pageSize()).isEqualTo(50);
            assertThat(search.source().of("a-eu", "p1").projectId()).isEqualTo("p1");
        });
    }

    @Test
    void it_needs_an_iam_and_takes_no_project() {
        assertThat(new Configuration(folder)
                        .file(SEARCH)
                        .file("source.a.project-id = p1")
                        .problems())
                .containsExactlyInAnyOrder(
                        "source.a.projects = discover (1.properties:2): finds the projects by itself: leave source.a.project-id out",
                        "source.a.iam-endpoint (not set): is required for source.a.projects = discover: IAM lists the projects");
    }

    @Test
    void it_needs_a_user() {
        assertThat(new Configuration(folder)
                        .file(SEARCH)
                        .file("source.a.auth = none")
                        .problems())
                .containsExactly(
                        "source.a.projects = discover (1.properties:2): needs source.a.auth = token or aksk: IAM lists the projects of a user");
    }
}
