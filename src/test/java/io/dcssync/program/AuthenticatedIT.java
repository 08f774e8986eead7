package io.dcssync.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.Secret;
import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.Faults;
import io.dcssync.simulator.PortTaken;
import io.dcssync.simulator.SimulatedAuth;
import io.dcssync.simulator.Simulator;
import io.dcssync.simulator.SimulatorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthenticatedIT {

    private static final SimulatorSettings STILL =
            SimulatorSettings.standard(Path.of("")).withPort(0).withSpeed(0).withTasks(300);
    private static final Secret PASSWORD = new Secret("geheimes-passwort");
    private static final Secret SECRET_KEY = new Secret("geheimer-schluessel");

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    private final List<Simulator> simulators = new ArrayList<>();
    private InstalledProgram program;

    @BeforeEach
    void install() {
        program = InstalledProgram.in(folder).on(database);
    }

    @AfterEach
    void close() {
        program.close();
        simulators.forEach(Simulator::close);
    }

    @Test
    void a_list_is_read_with_keys_and_a_wrong_key_is_tried_once_and_told() throws Exception {
        String url = start(STILL.withAuth(new SimulatedAuth.AccessKeys("OFFENER-SCHLUESSEL", SECRET_KEY)));
        Files.writeString(folder.resolve("sk"), SECRET_KEY.reveal() + "\n");
        program.reads("right", url)
                .with("source.right.auth", "aksk")
                .with("source.right.name-filter", "a b~*é") // signed as it is sent
                .with("source.right.access-key", "OFFENER-SCHLUESSEL")
                .with("source.right.secret-key-file", "sk");
        program.reads("wrong", url)
                .with("source.wrong.auth", "aksk")
                .with("source.wrong.access-key", "OFFENER-SCHLUESSEL")
                .with("source.wrong.secret-key", "anderer-schluessel");

        Ended ended = program.run("sync", "--verbose");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(run("right")).as(ended.err()).containsEntry("outcome", "complete");
        assertThat(run("wrong"))
                .containsEntry("outcome", "failed")
                .containsEntry("error_code", "APIG.0301")
                .containsEntry("requests", 1);
        assertThat(run("wrong").get("error_message").toString())
                .contains("source.wrong.secret-key", "source.wrong.project-id", "clock")
                .contains("(request ");
        staysUnseen(ended, SECRET_KEY.reveal(), "OFFENER-SCHLUESSEL", "anderer-schluessel");
    }

    @Test
    void tokens_that_end_in_mid_pass_are_renewed_and_a_wrong_password_is_told() throws Exception {
        String url = start(
                STILL.withAuth(new SimulatedAuth.Login("leser", PASSWORD)).withFaults(Faults.parse("token-expiry")));
        login("right", url, PASSWORD.reveal());
        login("wrong", url, "falsches-passwort");

        Ended ended = program.run("sync", "--verbose");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(run("right"))
                .as(ended.err())
                .containsEntry("outcome", "complete")
                .containsEntry("inserted", 300);
        assertThat((int) run("right").get("retries")).isBetween(1, 3);
        assertThat(run("wrong"))
                .containsEntry("outcome", "failed")
                .containsEntry("error_code", "login-refused")
                .containsEntry("requests", 0);
        assertThat(run("wrong").get("error_message").toString())
                .contains("HTTP 401: The username or password is wrong.", ".iam-password");
        staysUnseen(ended, PASSWORD.reveal(), "falsches-passwort", "X-Subject-Token", "X-Auth-Token");
    }

    @Test
    void what_a_source_lacks_is_told_before_anything_is_started() {
        program.reads("prod", "http://127.0.0.1:1").with("source.prod.auth", "aksk");

        Ended ended = program.run("sync");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err())
                .contains("source.prod.access-key (not set)", "HUAWEICLOUD_SDK_AK", "source.prod.secret-key-file");
    }

    private void login(String source, String url, String password) {
        String key = "source." + source + ".";
        program.reads(source, url)
                .with(key + "auth", "token")
                .with(key + "iam-endpoint", url)
                .with(key + "iam-domain", "konto")
                .with(key + "iam-user", "leser")
                .with(key + "iam-password", password)
                .with(key + "page-size", 15)
                .with(key + "page-overlap", 1);
    }

    /** Neither in what the program says, however much, nor in any row it has written. */
    private void staysUnseen(Ended ended, String... secrets) {
        List<String> written = new ArrayList<>(List.of(ended.out(), ended.err()));
        List<Map<String, Object>> tables =
                database.rows("select table_schema || '.' || table_name as name from information_schema.tables"
                        + " where table_schema in ('dcs', 'report') and table_type = 'BASE TABLE'");
        assertThat(tables).hasSizeGreaterThan(3);
        for (Map<String, Object> table : tables) {
            database.rows("select t::text as row from " + table.get("name") + " t")
                    .forEach(row -> written.add(String.valueOf(row.get("row"))));
        }
        assertThat(written).allSatisfy(text -> assertThat(text).doesNotContain(secrets));
    }

    private String start(SimulatorSettings settings) throws PortTaken {
        Simulator simulator = Simulator.start(settings);
        simulators.add(simulator);
        return simulator.url().toString();
    }

    private Map<String, Object> run(String source) {
        return database.rows("select * from report.sync_run where source = ?", source)
                .get(0);
    }
}
