package io.dcssync.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.config.Secret;
import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.SimulatedAuth;
import io.dcssync.simulator.Simulator;
import io.dcssync.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code source.<name>.projects = discover}: each project of an account is read as a source of its own. */
class DiscoveredProjectsIT {

    private static final SimulatorSettings TWO_PROJECTS = SimulatorSettings.standard(Path.of(""))
            .withPort(0)
            .withSpeed(0)
            .withTasks(20)
            .withProjects("p1", "p2");
    private static final SimulatedAuth LOGIN = new SimulatedAuth.Login("leser", new Secret("geheimes-passwort"));

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    private InstalledProgram program;

    @BeforeEach
    void install() {
        program = InstalledProgram.in(folder).on(database);
    }

    @AfterEach
    void close() {
        program.close();
    }

    @Test
    void with_a_login_each_project_but_that_of_object_storage_is_read() throws Exception {
        try (Simulator simulator = Simulator.start(TWO_PROJECTS.withAuth(LOGIN))) {
            discoversByLogin(simulator.url().toString());

            Ended ended = program.run("sync");

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(sources()).containsExactly("acme-eu-de p1 20", "acme-eu-de-team-1 p2 20");
            assertThat(ended.out()).contains("acme-eu-de: complete", "acme-eu-de-team-1: complete");

            assertThat(program.run("sync", "--source", "acme-eu-de").exitCode()).isZero();
        }
    }

    @Test
    void with_keys_each_project_is_read_but_one_that_has_a_source_of_its_own() throws Exception {
        SimulatedAuth keys = new SimulatedAuth.AccessKeys("ak", new Secret("sk"));
        try (Simulator simulator = Simulator.start(TWO_PROJECTS.withAuth(keys))) {
            String url = simulator.url().toString();
            for (String source : List.of("acme", "mine")) {
                program.with("source." + source + ".endpoint", url)
                        .with("source." + source + ".access-key", "ak")
                        .with("source." + source + ".secret-key", "sk");
            }
            program.with("source.mine.project-id", "p2")
                    .with("source.acme.projects", "discover")
                    .with("source.acme.iam-endpoint", url);

            Ended ended = program.run("sync");

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(sources()).containsExactly("acme-eu-de p1 20", "mine p2 20");
        }
    }

    @Test
    void sync_reads_nothing_where_iam_refuses_the_user() throws Exception {
        try (Simulator simulator = Simulator.start(TWO_PROJECTS.withAuth(LOGIN))) {
            discoversByLogin(simulator.url().toString());

            Ended ended = program.with("source.acme.iam-password", "falsches-passwort")
                    .run("sync");

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.err())
                    .contains("nothing was read", simulator.url().toString(), "401", "check source.acme.iam-endpoint")
                    .doesNotContain("falsches-passwort")
                    .hasLineCount(1);

            Ended doctor = program.run("doctor", "--source", "acme-eu-de");
            assertThat(doctor.exitCode()).isEqualTo(1);
            assertThat(doctor.out())
                    .containsPattern("ok    configuration  \\S+(, \\S+)*; sources: those found for acme; channels: ")
                    .containsPattern("FAIL  source acme    projects: none is checked: IAM at .* HTTP 401")
                    .doesNotContain("no source is configured");
        }
    }

    @Test
    void run_asks_until_iam_is_there() throws Exception {
        int port = freePort();
        discoversByLogin("http://127.0.0.1:" + port);
        Running run = program.with("source.acme.schedule", "0/1 * * * * ?")
                .with("http.port", 0)
                .with("http.management-port", 0)
                .start("run");
        await().atMost(Duration.ofMinutes(1)).until(() -> run.err().contains("next try in 10 s"));

        try (Simulator simulator = Simulator.start(TWO_PROJECTS.withAuth(LOGIN).withPort(port))) {
            assertThat(simulator.url()).hasPort(port);
            await().atMost(Duration.ofMinutes(2)).until(() -> sources().size() == 2);

            assertThat(run.terminate().ended().exitCode()).isEqualTo(143);
        }
    }

    private void discoversByLogin(String url) {
        program.with("source.acme.endpoint", url)
                .with("source.acme.projects", "discover")
                .with("source.acme.auth", "token")
                .with("source.acme.iam-endpoint", url)
                .with("source.acme.iam-domain", "acme")
                .with("source.acme.iam-user", "leser")
                .with("source.acme.iam-password", "geheimes-passwort");
    }

    /** The sources that are in the ledger, each with its project and how many tasks it has. */
    private List<String> sources() {
        return database
                .rows("select source, project_id, count(*) as tasks from report.task group by 1, 2 order by 1")
                .stream()
                .map(DiscoveredProjectsIT::words)
                .toList();
    }

    private static String words(Map<String, Object> row) {
        return row.get("source") + " " + row.get("project_id") + " " + row.get("tasks");
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
