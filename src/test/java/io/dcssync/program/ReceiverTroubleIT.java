package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import io.dcssync.simulator.ScriptedReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiverTroubleIT {

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
        program = InstalledProgram.in(folder).on(database).reads("prod", dcs).with("alert.ops.retry-delay", "1ms");
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void an_alert_that_no_one_took_stays_pending_and_is_sent_by_the_next_sync_with_the_same_id() {
        dcs.has(task("a").failed("x"));
        program.with("alert.ops.uri", "http://127.0.0.1:" + portOfNobody() + "/hook");

        Ended down = program.run("sync");

        assertThat(down.exitCode()).as(down.err()).isZero();
        assertThat(down.out()).contains("alerts sent 0, pending 1, dead 0");
        assertThat(down.err())
                .containsPattern("WARN  alert 2 to ops not delivered \\(no connection to the receiver\\),"
                        + " attempt 1 of 100, next at \\d\\d:\\d\\d:\\d\\dZ");

        ops.resetsNext();
        program.with("alert.ops.uri", ops.url());
        assertThat(program.run("sync").out()).contains("alerts sent 0, pending 1, dead 0");
        assertThat(program.run("sync").out()).contains("alerts sent 1, pending 0, dead 0");
        assertThat(ops.received()).hasSize(2);
        assertThat(ops.received())
                .extracting(delivery -> delivery.headers().get("webhook-id"))
                .containsOnly(
                        (String) database.one("select event_id::text from report.alert where state = 'delivered'"));
    }

    @Test
    void a_refused_alert_is_dead_in_the_end_and_the_secret_in_the_address_is_seen_nowhere() {
        dcs.has(task("a").failed("x"));
        String secret = "T0KENxyzzy";
        ops.answersAlways(500, "cannot POST /services/" + secret + "?key=" + secret + " now");
        program.with("alert.ops.uri", ops.url() + "/services/" + secret + "?key=" + secret)
                .with("alert.ops.first-sync", "each")
                .with("alert.ops.max-attempts", 2);

        Ended once = program.run("sync", "--verbose");
        Ended twice = program.run("sync");

        assertThat(once.exitCode()).isZero();
        assertThat(once.out()).contains("alerts sent 0, pending 1, dead 0");
        assertThat(once.err())
                .contains("not delivered (HTTP 500: cannot POST /******/******?key=****** now), attempt 1 of 2");
        assertThat(twice.exitCode()).isZero();
        assertThat(twice.out()).contains("alerts sent 0, pending 0, dead 1");
        assertThat(twice.err()).contains("attempt 2 of 2, given up: it is dead, and kept");
        assertThat(ops.received()).hasSize(2).allMatch(delivery -> delivery.path()
                .contains(secret));
        assertThat(program.run("sync").out()).contains("dead 1");
        assertThat(ops.received()).hasSize(2);
        assertThat(List.of(once, twice)).noneMatch(run -> run.says(secret));
        assertThat(everyRow()).contains("HTTP 500").doesNotContain(secret);
    }

    @Test
    void an_alert_that_is_refused_for_good_is_dead_at_once_until_it_is_retried() {
        dcs.has(task("a").failed("x"));
        ops.answersAlways(404, "no such hook");
        program.with("alert.ops.uri", ops.url()).with("alert.ops.first-sync", "each");

        Ended refused = program.run("sync");

        assertThat(refused.exitCode()).isZero();
        assertThat(refused.out()).contains("alerts sent 0, pending 0, dead 1");
        assertThat(refused.err())
                .contains("alert 1 to ops not delivered (HTTP 404: no such hook), attempt 1 of 100,"
                        + " refused for good: it is dead, and kept; to send it again: alerts retry 1");
        assertThat(program.run("sync").out()).contains("dead 1");
        assertThat(ops.received()).hasSize(1);

        ops.answersAlways(204, "");
        assertThat(program.run("alerts", "retry", "1").out()).contains("delivered 1");
    }

    /** Every row of every table, as text. */
    private String everyRow() {
        return (String) database.one("select string_agg(xml::text, '') from pg_tables,"
                + " query_to_xml(format('select * from %I.%I', schemaname, tablename), true, true, '') xml"
                + " where schemaname = 'dcs'");
    }

    private static int portOfNobody() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
