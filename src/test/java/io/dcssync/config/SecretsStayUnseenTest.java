package io.dcssync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsStayUnseenTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alert.ops.uri = hunter2",
                "alert.ops.uri = https:hunter2",
                "alert.ops.secret = hunter2",
                "database.password = hunter2",
                "database.password = hunter2{{",
                "database.pasword = hunter2",
                "otel.headers = hunter2",
                "otel.header = Authorization=Bearer hunter2",
                "source.prod.sk = hunter2",
                "source.prod.secret-key = hunter2{{env:NONE}}",
                "source.prod.endpoint = https://me:hunter2@dcs.example.com",
                "source.prod.endpoint = {{env:TOKEN}}",
                "source.prod.page-size = {{env:TOKEN}}",
                "database.url = postgresql://me:hunter2@db/x",
                "database.url = jdbc:postgres://db/x?user=me&password=hunter2&ssl=true",
            })
    void a_problem_does_not_show_them(String line) {
        assertThat(new Configuration(folder)
                        .prodAnd("alert.ops.uri = log:x", line)
                        .environment("TOKEN", "hunter2")
                        .refusal())
                .asString()
                .contains("1.properties:5")
                .doesNotContain("hunter2");
    }

    @Test
    void the_settings_do_not_show_them() {
        assertThat(new Configuration(folder)
                        .file(
                                "database.url=jdbc:postgresql://db/x",
                                "database.password=hunter2",
                                "alert.a.uri=https://example.com/hunter2",
                                "alert.a.secret=hunter2hunter2hunter2hunter2hunter22")
                        .read()
                        .toString())
                .doesNotContain("hunter2");
    }

    @Test
    void a_file_of_a_secret_is_named_and_its_content_is_not_shown() throws Exception {
        Files.writeString(folder.resolve("empty"), "\n");
        Files.writeString(folder.resolve("hook"), "hunter2\n");
        List<String> problems = new Configuration(folder)
                .file(
                        "database.url = jdbc:postgresql://db/x",
                        "database.password-file = empty",
                        "alert.a.uri-file = hook",
                        "alert.b.uri-file = none",
                        "alert.c.uri-file = hook",
                        "alert.c.uri = log:hunter2")
                .problems();

        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "database.password-file = empty (1.properties:2): "
                                + "the file's content must be text that is not empty",
                        "alert.a.uri-file = hook (1.properties:3): the file's content must be an endpoint URI that "
                                + "starts with https:, http:, slack:, smtp:, smtps:, kafka:, file:, log: or the name of a component in lib/ext",
                        "alert.b.uri-file = none (1.properties:4): there is no such file",
                        "alert.c.uri = ****** (1.properties:6): give either this key or alert.c.uri-file, not both");
    }
}
