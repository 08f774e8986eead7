package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import io.dcssync.config.Secret;
import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ReceivedRequest;
import io.dcssync.simulator.ScriptedDcs;
import io.dcssync.simulator.ScriptedReceiver;
import io.dcssync.simulator.SimulatedAuth;
import io.dcssync.simulator.Simulator;
import io.dcssync.simulator.SimulatorSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that somebody wants at three in the morning. */
class DoctorIT {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final ScriptedDcs dcs = ScriptedDcs.start();

    @AutoClose
    private final ScriptedReceiver ops = ScriptedReceiver.start();

    private InstalledProgram program;

    @BeforeEach
    void install() {
        dcs.has(task("a").failed("x"), task("b"), task("c"));
        program = InstalledProgram.in(folder)
                .on(database)
                .reads("prod", dcs)
                .with("alert.ops.uri", ops.url() + "/T0K3N?key=geheim")
                .with("alert.ops.secret", SECRET)
                .with("http.port", 0)
                .with("http.management-port", 0);
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void where_all_is_well_each_line_says_ok_and_nothing_was_changed() {
        Ended doctor = program.run("doctor");

        assertThat(doctor.exitCode()).as(doctor.out() + doctor.err()).isZero();
        assertThat(doctor.out().lines()).allMatch(line -> line.startsWith("ok    "));
        assertThat(doctor.out())
                .contains("ok    configuration  config/application.properties, ")
                .contains("ok    database       PostgreSQL ")
                .contains("ok    source prod    endpoint: " + dcs.url() + " answers")
                .contains("offset is honoured, limit is honoured, the order is stable, count is the total (3)")
                .contains("ok    channel ops    http: the receiver can be reached")
                .contains("ok    ports          http.management-port: ");
        assertThat(doctor.err()).isEmpty();
        assertThat(dcs.requests()).hasSize(5);
        assertThat(ops.received()).isEmpty();
        assertThat(database.one("select count(*) from dcs.run")).isEqualTo(0L);
        assertThat(doctor.says("T0K3N") || doctor.says("geheim")).isFalse();
    }

    @Test
    void a_test_event_is_sent_once_and_can_be_verified() {
        Ended doctor = program.run("doctor", "--channel", "ops", "--send-test");

        assertThat(doctor.exitCode()).as(doctor.out()).isZero();
        assertThat(doctor.out())
                .containsPattern("ok    channel ops    test event [0-9a-f-]{36}: taken, HTTP 204, signed");
        assertThat(dcs.requests()).isEmpty();
        assertThat(ops.received()).hasSize(1);
        ReceivedRequest delivery = ops.received().get(0);
        Map<String, List<String>> headers = delivery.headers().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        assertThatCode(() -> new Webhook(SECRET).verify(delivery.body(), headers))
                .doesNotThrowAnyException();
        assertThat(delivery.body())
                .contains(
                        "\"type\":\"dcs.test.v1\"",
                        "\"source\":\"/dcs-sync/doctor/ops\"",
                        "\"message\":\"This is a test")
                .doesNotContain("\"subject\"");
        assertThat(database.one("select count(*) from dcs.alert")).isEqualTo(0L);

        ops.answersAlways(403, "no such token T0K3N0 here: geheim");
        Ended refused = program.with("alert.ops.format", "text").run("doctor", "--channel", "ops", "--send-test");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out())
                .contains("FAIL  channel ops    test event not taken: HTTP 403", "check alert.ops.uri");
        assertThat(refused.says("geheim")).isFalse();
        assertThat(ops.received().get(1).body()).startsWith("TEST: This is a test by dcs-sync doctor");
    }

    @Test
    void a_wrong_key_is_shown_once_and_told() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorSettings.standard(Path.of(""))
                .withPort(0)
                .withAuth(new SimulatedAuth.AccessKeys("OFFEN", new Secret("geheimer-schluessel"))))) {
            program.reads("prod", simulator.url().toString())
                    .with("source.prod.auth", "aksk")
                    .with("source.prod.access-key", "OFFEN")
                    .with("source.prod.secret-key", "anderer-schluessel");

            Ended doctor = program.run("doctor");

            assertThat(doctor.exitCode()).isEqualTo(1);
            assertThat(doctor.out())
                    .contains("ok    source prod    endpoint: ")
                    .containsPattern(
                            "FAIL  source prod    credentials: HTTP 401: .*check source.prod.access-key and source.prod.secret-key")
                    .contains("warn  source prod    paging: not checked");
            assertThat(doctor.says("OFFEN") || doctor.says("anderer-schluessel"))
                    .isFalse();
        }
    }

    @Test
    void what_is_wrong_with_several_things_is_told_at_once() throws Exception {
        String late = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(20));
        byte[] page = "{\"count\":1,\"migration_tasks\":[{\"task_id\":\"a\"}]}".getBytes(StandardCharsets.UTF_8);
        dcs.answersNext(200, "application/json", Map.of("Date", late), page);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            program.with("source.prod.auth", "aksk")
                    .with("source.prod.access-key", "OFFEN")
                    .with("source.prod.secret-key", "geheim")
                    .with("http.port", taken.getLocalPort())
                    .with("alert.ops.uri", "http://127.0.0.1:1/T0K3N");
            database.goesAway();

            Ended doctor = program.run("doctor");

            assertThat(doctor.exitCode()).isEqualTo(1);
            assertThat(doctor.out())
                    .containsPattern("FAIL  database       The database jdbc:\\S+ cannot be used: .*Check database.url")
                    .contains("warn  database       schema and roles dcs_reader and dcs_writer: not checked")
                    .containsPattern(
                            "FAIL  source prod    clock: this machine is (19|20) min \\d+ s behind the endpoint; "
                                    + "requests signed more than 15 minutes off are refused: set it by NTP")
                    .contains("FAIL  channel ops    http: no connection to the receiver; check alert.ops.uri")
                    .contains("warn  ports          http.port: 127.0.0.1:" + taken.getLocalPort()
                            + " cannot be listened on")
                    .contains("a run of dcs-sync may have it");
            assertThat(doctor.says("T0K3N") || doctor.says("geheim")).isFalse();
        }
    }

    @Test
    void a_wrong_project_and_an_endpoint_that_says_nothing_are_told() {
        program.reads("other", dcs).with("source.other.project-id", "wrong");

        Ended wrong = program.run("doctor", "--source", "other");

        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.out())
                .containsPattern(
                        "FAIL  source other   project: HTTP 404: .*check source.other.endpoint and source.other.project-id")
                .doesNotContain("source prod  ", "channel ops  ");

        program.with("source.prod.request-timeout", "300ms");
        dcs.hangsNext(Duration.ofMinutes(5));
        Ended silent = program.run("doctor", "--source", "prod");
        assertThat(silent.exitCode()).isEqualTo(1);
        assertThat(silent.out())
                .contains(
                        "the endpoint did not answer in time (no whole answer within 0.3 s); see source.prod.request-timeout")
                .contains("warn  source prod    credentials: not checked");
    }

    @Test
    void a_configuration_that_cannot_be_used_or_a_name_that_is_not_there_is_no_finding() {
        Ended name = program.run("doctor", "--source", "prdo");
        assertThat(name.exitCode()).isEqualTo(2);
        assertThat(name.err()).contains("No source is named 'prdo'; configured are: prod");

        Ended configuration = program.with("source.prod.page-size", "many").run("doctor");
        assertThat(configuration.exitCode()).isEqualTo(2);
        assertThat(configuration.err()).contains("source.prod.page-size");
        assertThat(dcs.requests()).isEmpty();
    }
}
