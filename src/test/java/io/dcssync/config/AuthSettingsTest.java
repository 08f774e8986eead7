package io.dcssync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthSettingsTest {

    private static final String[] WITHOUT_AUTH = {"source.a.endpoint = http://localhost", "source.a.project-id = p"};

    @TempDir
    Path folder;

    @Test
    void keys_come_from_the_environment_of_huaweis_clients_where_a_source_has_none() {
        assertThat(new Configuration(folder)
                        .file(WITHOUT_AUTH)
                        .environment("HUAWEICLOUD_SDK_AK", "ak")
                        .environment("HUAWEICLOUD_SDK_SK", "sk")
                        .environment("HUAWEICLOUD_SDK_SECURITY_TOKEN", "st")
                        .source()
                        .auth())
                .isEqualTo(new Auth.AccessKeys(new Secret("ak"), new Secret("sk"), Optional.of(new Secret("st"))));
    }

    @Test
    void keys_of_a_source_come_first_and_do_not_go_with_the_environments_token() throws Exception {
        Files.writeString(folder.resolve("sk"), "own-sk\n");
        assertThat(new Configuration(folder)
                        .file(WITHOUT_AUTH)
                        .file("source.a.access-key = own-ak", "source.a.secret-key-file = sk")
                        .environment("HUAWEICLOUD_SDK_AK", "ak")
                        .environment("HUAWEICLOUD_SDK_SK", "sk")
                        .environment("HUAWEICLOUD_SDK_SECURITY_TOKEN", "st")
                        .source()
                        .auth())
                .isEqualTo(new Auth.AccessKeys(new Secret("own-ak"), new Secret("own-sk"), Optional.empty()));
    }

    @Test
    void a_login_and_an_agency_are_read() {
        assertThat(new Configuration(folder)
                        .file(WITHOUT_AUTH)
                        .file(
                                "source.a.auth = token",
                                "source.a.iam-endpoint = https://iam.example.com/",
                                "source.a.iam-domain = d",
                                "source.a.iam-user = u",
                                "source.a.iam-password = pw")
                        .source()
                        .auth())
                .isEqualTo(new Auth.Login(URI.create("https://iam.example.com"), "d", "u", new Secret("pw")));
        assertThat(new Configuration(folder)
                        .file(WITHOUT_AUTH)
                        .file("source.a.auth = ecs-agency")
                        .source()
                        .auth())
                .isEqualTo(new Auth.EcsAgency(URI.create("http://169.254.169.254")));
    }
}
