package io.dcssync.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ClientRequestException;
import com.huaweicloud.sdk.dcs.v2.DcsClient;
import com.huaweicloud.sdk.dcs.v2.model.ListMigrationTaskRequest;
import com.huaweicloud.sdk.dcs.v2.model.ListMigrationTaskResponse;
import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import io.dcssync.simulator.ScriptedTask;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers of the mirror must show. */
class MirrorCallersIT {

    private static final String LIST = "/v2/" + ScriptedDcs.PROJECT + "/migration-tasks";

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final ScriptedDcs dcs = ScriptedDcs.start();

    private InstalledProgram program;

    @BeforeEach
    void read() {
        dcs.has(ScriptedTask.task("a").failed("timeout"), ScriptedTask.task("b").migrating());
        program = InstalledProgram.in(folder)
                .on(database)
                .reads("one", dcs)
                .with("source.one.schedule", "0 0 0 1 1 ? 2099")
                .with("http.port", 0)
                .with("http.management-port", 0);
        assertThat(program.run("sync").exitCode()).isZero();
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void a_login_guards_all_but_a_mirror_that_has_a_token_of_its_own() throws Exception {
        String url = Serving.mirrorOf(program.with("http.host", "0.0.0.0")
                .with("http.user", "me")
                .with("http.password", "geheim")
                .with("http.mirror.auth", "token")
                .with("http.mirror.token", "abc")
                .start("run"));
        String login = "Basic " + Base64.getEncoder().encodeToString("me:geheim".getBytes(StandardCharsets.UTF_8));

        HttpResponse<String> anonymous = get(url + "/", "X-Nothing", "x");
        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(anonymous.headers().firstValue("www-authenticate"))
                .hasValueSatisfying(asked -> assertThat(asked).startsWith("Basic realm="));
        assertThat(anonymous.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(get(url + "/", "Authorization", login).statusCode()).isEqualTo(200);
        assertThat(get(url + LIST, "Authorization", login).statusCode()).isEqualTo(401);
        assertThat(get(url + LIST, "X-Auth-Token", "abd").statusCode()).isEqualTo(401);
        HttpResponse<String> listed = get(url + LIST, "X-Auth-Token", "abc");
        assertThat(listed.statusCode()).isEqualTo(200);
        assertThat(listed.body()).startsWith("{\"count\":2,").contains("\"timeout\"");
        assertThat(listed.headers().map()).doesNotContainKeys("x-auth-token");
    }

    @Test
    void huaweis_own_client_lists_from_a_mirror_that_checks_signatures() {
        String url = Serving.mirrorOf(program.with("http.mirror.auth", "aksk")
                .with("http.mirror.access-key", "AK")
                .with("http.mirror.secret-key", "SK")
                .start("run"));
        ListMigrationTaskRequest request =
                new ListMigrationTaskRequest().withName("a").withLimit(1000);

        ListMigrationTaskResponse listed = client(url, "SK").listMigrationTask(request);

        ListMigrationTaskResponse fromTheEndpoint =
                client(dcs.url().toString(), "SK").listMigrationTask(request);
        assertThat(listed.getCount()).isEqualTo(1).isEqualTo(fromTheEndpoint.getCount());
        assertThat(listed.getMigrationTasks()).isEqualTo(fromTheEndpoint.getMigrationTasks());
        assertThatThrownBy(() -> client(url, "KS").listMigrationTask(request))
                .isInstanceOfSatisfying(ClientRequestException.class, refused -> assertThat(refused.getHttpStatusCode())
                        .isEqualTo(401));
    }

    private static DcsClient client(String url, String secretKey) {
        return DcsClient.newBuilder()
                .withCredential(
                        new BasicCredentials().withAk("AK").withSk(secretKey).withProjectId(ScriptedDcs.PROJECT))
                .withEndpoint(url)
                .build();
    }

    private static HttpResponse<String> get(String url, String header, String value) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header(header, value)
                                .build(),
                        BodyHandlers.ofString());
    }
}
