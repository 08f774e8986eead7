package io.dcssync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentOverridesTest {

    @TempDir
    Path folder;

    @Test
    void the_environment_wins_over_every_file() {
        assertThat(new Configuration(folder)
                        .prodAnd("source.prod.page-size = 100")
                        .environment("SOURCE_PROD_PAGE_SIZE", "7")
                        .source()
                        .pageSize())
                .isEqualTo(7);
    }

    @Test
    void the_environment_adds_keys_to_a_source_that_a_file_names() {
        assertThat(new Configuration(folder)
                        .file("source.my-prod.endpoint = http://localhost:1")
                        .environment("SOURCE_MY_PROD_PROJECT_ID", "p9")
                        .environment("SOURCE_MY_PROD_AUTH", "none")
                        .source()
                        .projectId())
                .isEqualTo("p9");
    }

    @Test
    void the_environment_alone_names_no_source() {
        assertThat(new Configuration(folder)
                        .file()
                        .environment("SOURCE_PROD_ENDPOINT", "http://localhost:1")
                        .read()
                        .sources())
                .isEmpty();
    }

    @Test
    void an_empty_variable_is_as_good_as_none() {
        assertThat(new Configuration(folder)
                        .prodAnd("source.prod.page-size = 100")
                        .environment("SOURCE_PROD_PAGE_SIZE", "")
                        .source()
                        .pageSize())
                .isEqualTo(100);
    }

    @Test
    void a_bad_value_names_its_variable() {
        assertThat(new Configuration(folder)
                        .file()
                        .environment("DATABASE_URL", "postgres://db/x")
                        .problems())
                .containsExactly("database.url = postgres://db/x (environment variable DATABASE_URL): "
                        + "must be text that starts with jdbc:postgresql:");
    }

    @Test
    void a_variable_that_could_mean_two_keys_is_refused() {
        assertThat(new Configuration(folder)
                        .prodAnd(
                                "source.prod-iam.endpoint=http://localhost:1",
                                "source.prod-iam.project-id=p2",
                                "source.prod-iam.auth=none")
                        .environment("SOURCE_PROD_IAM_ENDPOINT", "https://iam.example.com")
                        .problems())
                .containsExactly("source.prod.iam-endpoint and source.prod-iam.endpoint (environment variable "
                        + "SOURCE_PROD_IAM_ENDPOINT): one variable cannot set two keys; set them in a file, "
                        + "or rename one of the two");
    }
}
