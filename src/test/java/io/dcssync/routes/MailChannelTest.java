package io.dcssync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.dcssync.alert.TestEvent;
import io.dcssync.config.ChannelSettings;
import io.dcssync.config.GivenSettings;
import io.dcssync.config.Settings;
import io.dcssync.doctor.Finding;
import io.dcssync.outbound.DrippingServer;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MailChannelTest extends RouteTest {

    private static final String TO = "to=ops@example.com&from=dcs-sync@example.org";
    private static final GreenMail SERVER = server(ServerSetup.PROTOCOL_SMTP);

    @BeforeAll
    static void start() {
        SERVER.start();
        SECURE_SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
        SECURE_SERVER.stop();
    }

    private static final GreenMail SECURE_SERVER = server(ServerSetup.PROTOCOL_SMTPS);

    private final ServerSocket scripted = listening();

    @AutoClose
    private final DrippingServer dripping = DrippingServer.start();

    private final Settings settings = GivenSettings.of(
            "alert.ops.uri = smtp://127.0.0.1:%d?%s".formatted(SERVER.getSmtp().getPort(), TO),
            "alert.json.uri = smtp://127.0.0.1:%d?%s&subject=Ours"
                    .formatted(SERVER.getSmtp().getPort(), TO),
            "alert.json.format = cloudevents",
            "alert.login.uri = smtp://127.0.0.1:%d?username=me&password=RAW(hunter2)&%s"
                    .formatted(SERVER.getSmtp().getPort(), TO),
            "alert.secure.uri = smtps://127.0.0.1:%d?mail.smtps.ssl.trust=*&mail.smtps.ssl.checkserveridentity=false&%s"
                    .formatted(SECURE_SERVER.getSmtps().getPort(), TO),
            "alert.dripping.uri = smtp://127.0.0.1:%d?%s".formatted(dripping.port(), TO),
            "alert.scripted.uri = smtp://127.0.0.1:%d?connectionTimeout=500&%s".formatted(scripted.getLocalPort(), TO),
            "alert.patient.uri = smtp://127.0.0.1:%d?connectionTimeout=60000&%s".formatted(scripted.getLocalPort(), TO),
            "alert.two.uri = smtp://127.0.0.1:%d?cc=boss@example.com&%s".formatted(scripted.getLocalPort(), TO));

    @Override
    List<String> files() {
        return List.of("send-alert");
    }

    @Override
    Settings settings() {
        return settings;
    }

    @BeforeEach
    void an_empty_mailbox_and_a_ledger_that_takes_what_it_is_told() throws FolderException {
        SERVER.purgeEmailFromAllMailboxes();
        ledger("record-deliveries", RouteTest::recorded);
        ledger("record-failed-attempt", facts -> Map.of("attempts", 1, "again_at", "12:00:01Z"));
    }

    @Test
    void a_mail_has_a_subject_and_its_content_as_text_and_as_a_page() throws Exception {
        deliver("ops", failed("orders-redis", "connection refused"));

        MimeMessage mail = received();
        assertThat(mail.getSubject()).isEqualTo("FAILED orders-redis (t-1) in prod");
        assertThat(mail.getHeader("To")).containsExactly("ops@example.com");
        assertThat(mail.getHeader("From")).containsExactly("dcs-sync@example.org");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getHeader("webhook-id")).isNull();
        assertThat(mail.getContentType()).startsWith("multipart/alternative");
        assertThat(part(mail, 0, "text/plain"))
                .contains("FAILED orders-redis (t-1) in prod\r\n\r\nTask: orders-redis (t-1)\r\n")
                .contains("Migration: 源-redis → redis-b\r\n")
                .contains("Status: MIGRATING → FAILED\r\n")
                .contains("Error: connection refused\r\n")
                .contains("Since: between 2026-11-24 10:00:05Z and 10:05:03Z\r\n");
        assertThat(part(mail, 1, "text/html"))
                .contains("<h1 ", ">FAILED orders-redis (t-1) in prod</h1>")
                .contains(">源-redis → redis-b</td>")
                .contains(">connection refused</td>");
        assertThat(statements()).containsExactly("record-deliveries");
    }

    @Test
    void its_id_is_that_of_the_event_in_every_attempt() throws Exception {
        deliver("ops", failed("a", "x"));
        deliver("ops", failed("a", "x"));

        assertThat(SERVER.getReceivedMessages())
                .extracting(MimeMessage::getMessageID)
                .containsExactly("<e-1@dcs-sync>", "<e-1@dcs-sync>");
    }

    @Test
    void what_a_task_is_called_makes_neither_a_header_nor_a_part_of_the_page() throws Exception {
        deliver(
                "ops",
                failed("x\r\nBcc: evil@example.com\r\n\r\n<script>alert(1)</script>", "<img src=x onerror='a&b'>"));

        MimeMessage mail = received();
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getSubject())
                .isEqualTo("FAILED x Bcc: evil@example.com <script>alert(1)</script> (t-1) in prod");
        assertThat(part(mail, 1, "text/html"))
                .doesNotContain("<script", "<img")
                .contains("&lt;script&gt;", "&lt;img src=x onerror=&#39;a&amp;b&#39;&gt;");
    }

    @Test
    void a_digest_is_a_table_of_its_tasks() throws Exception {
        Map<String, Object> digest = failed("", "");
        digest.put("kind", "digest");
        digest.put("task_id", null);
        digest.put("count", 7L);
        digest.put(
                "tasks",
                "[" + failed("one", "broken").get("data") + ","
                        + failed("two", "").get("data") + "]");
        deliver("ops", digest);

        MimeMessage mail = received();
        assertThat(mail.getSubject()).isEqualTo("7 tasks in prod, digest: of the first 2, 2 failed");
        assertThat(part(mail, 0, "text/plain"))
                .contains("These are the first 2; 5 more are in the ledger.\r\n")
                .contains("- one (t-1); 源-redis → redis-b; MIGRATING → FAILED; broken; between ")
                .contains("- two (t-1); 源-redis → redis-b; MIGRATING → FAILED; between ");
        assertThat(part(mail, 1, "text/html")).contains(">Task</th>", ">one (t-1)</td>", ">broken</td>");
    }

    @Test
    void a_test_and_a_failing_sync_are_told_in_words() throws Exception {
        Map<String, Object> test = failed("", "");
        test.put("kind", "test");
        test.put("data", "{\"message\":\"This is a test.\"}");
        deliver("ops", test);
        Map<String, Object> sync = failed("", "");
        sync.put("kind", "sync-failing");
        sync.put("task_id", null);
        sync.put("data", "{\"failures\":3,\"failing_since\":\"2026-11-24T12:00:00Z\",\"error_message\":\"HTTP 503\"}");
        deliver("ops", sync);

        MimeMessage[] mails = SERVER.getReceivedMessages();
        assertThat(mails[0].getSubject()).isEqualTo("TEST");
        assertThat(part(mails[0], 0, "text/plain")).contains("This is a test.");
        assertThat(part(mails[0], 1, "text/html")).contains("This is a test.").doesNotContain("<table");
        assertThat(mails[1].getSubject()).isEqualTo("SYNC FAILING prod");
        assertThat(part(mails[1], 0, "text/plain"))
                .contains("3 passes in a row were not whole, since 2026-11-24 12:00:00Z: HTTP 503");
    }

    @Test
    void who_wants_events_in_mails_gets_them_and_a_subject_of_the_uri_stays() throws Exception {
        deliver("json", failed("orders", "x"));

        MimeMessage mail = received();
        assertThat(mail.getSubject()).isEqualTo("Ours");
        assertThat(mail.getContentType()).startsWith("application/cloudevents+json");
        assertThat(new String(mail.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("{\"specversion\":\"1.0\",\"id\":\"e-1\"")
                .contains("源-redis");
    }

    @Test
    void a_login_that_is_refused_is_told_without_the_password() {
        SERVER.getManagers().getUserManager().setAuthRequired(true);
        GreenMailUser other = SERVER.setUser("me", "another");
        try {
            deliver("login", failed("a", "x"));
        } finally {
            SERVER.getManagers().getUserManager().deleteUser(other);
            SERVER.getManagers().getUserManager().setAuthRequired(false);
        }

        assertThat(failure()).containsEntry("refusedForGood", true);
        assertThat(failure().get("error").toString()).startsWith("SMTP 535");
        nothing_shows_what_is_secret();
    }

    @Test
    void what_the_server_will_never_take_is_refused_for_good() throws Exception {
        CompletableFuture<Void> server = replies("220 hi", "250 hi", "250 ok", "550 5.1.1 no ops@example.com here");
        deliver("scripted", failed("a", "x"));
        server.cancel(true);

        assertThat(failure()).containsEntry("refusedForGood", true);
        assertThat(failure().get("error")).isEqualTo("SMTP 550: 5.1.1 no ops@****** here");
        nothing_shows_what_is_secret();
    }

    @Test
    void what_the_server_may_take_later_is_tried_again() throws Exception {
        CompletableFuture<Void> server = replies("220 hi", "250 hi", "250 ok", "451 4.7.1 greylisted");
        deliver("scripted", failed("a", "x"));
        server.cancel(true);

        assertThat(failure())
                .containsEntry("refusedForGood", false)
                .containsEntry("error", "SMTP 451: 4.7.1 greylisted");
    }

    @Test
    void a_server_that_says_nothing_is_out_of_reach_after_a_while() {
        deliver("scripted", failed("a", "x"));

        assertThat(failure())
                .containsEntry("refusedForGood", false)
                .containsEntry("error", "no answer from the receiver in time");
    }

    @Test
    void a_server_that_drips_is_left_when_time_is_up() {
        long began = System.nanoTime();
        deliver("dripping", failed("a", "x"));

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
        assertThat(failure())
                .containsEntry("refusedForGood", false)
                .containsEntry("error", "no answer from the receiver in time");
        await().untilAsserted(() -> assertThat(dripping.open()).isZero());
    }

    @Test
    void a_server_that_hangs_once_it_has_the_mail_is_left_when_time_is_up() {
        CompletableFuture<Void> server = repliesAndHangs("220 hi", "250 hi", "250 ok", "250 ok", "354 go on");
        deliver("patient", failed("a", "x"));

        assertThat(failure())
                .containsEntry("refusedForGood", false)
                .containsEntry("error", "no answer from the receiver in time");
        server.join(); // the connection is closed
    }

    @Test
    void a_server_that_hangs_when_it_has_taken_the_mail_has_taken_it() {
        CompletableFuture<Void> server =
                repliesAndHangs("220 hi", "250 hi", "250 ok", "250 ok", "354 go on", "250 taken");
        deliver("patient", failed("a", "x"));

        assertThat(statements()).containsExactly("record-deliveries");
        server.join();
    }

    @Test
    void a_mail_that_some_addresses_are_refused_of_goes_to_the_others_and_says_so() {
        CompletableFuture<Void> server = repliesAndHangs(
                "220 hi", "250 hi", "250 ok", "250 ok", "550 5.1.1 no boss here", "354 go on", "250 taken");
        deliver("two", failed("a", "x"));
        server.join();

        assertThat(statements()).containsExactly("record-deliveries");
        assertThat(deliveries(toldTo("record-deliveries").get(0)).get(0))
                .containsEntry("error", "1 of 2 addresses refused, SMTP 550: 5.1.1 no boss here");
        assertThat(warnings())
                .contains("alert 1 to two delivered, but 1 of 2 addresses refused, SMTP 550: 5.1.1 no boss here;"
                        + " it is not sent again, as others have it");
    }

    @Test
    void a_server_that_takes_some_addresses_and_says_good_bye_is_tried_again() {
        CompletableFuture<Void> server = replies("220 hi", "250 hi", "250 ok", "250 ok", "550 5.1.1 no boss here");
        deliver("two", failed("a", "x"));
        server.join();

        assertThat(failure())
                .containsEntry("refusedForGood", false)
                .containsEntry("error", "the connection ended, or time was up, before the receiver had answered");
    }

    @Test
    void a_test_that_some_addresses_are_refused_of_is_a_warning() {
        CompletableFuture<Void> server =
                repliesAndHangs("220 hi", "250 hi", "250 ok", "450 not now", "250 ok", "354 go on", "250 taken");
        List<Finding> findings = new ArrayList<>();
        new TestEvent(channel("two"), template).make(findings::add);
        server.join();

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(Finding.Verdict.WARN);
            assertThat(finding.text()).endsWith(": taken, but 1 of 2 addresses refused, SMTP 450: not now");
        });
    }

    private ChannelSettings channel(String name) {
        return settings.channels().stream()
                .filter(channel -> channel.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void one_that_all_addresses_are_refused_of_is_tried_again_where_that_may_help_one_of_them() {
        CompletableFuture<Void> server =
                repliesAndHangs("220 hi", "250 hi", "250 ok", "550 5.1.1 no", "451 4.7.1 greylisted", "250 reset");
        deliver("two", failed("a", "x"));
        server.join();

        assertThat(failure())
                .containsEntry("refusedForGood", false)
                .containsEntry("error", "SMTP 451: 4.7.1 greylisted");
    }

    @Test
    void a_mail_may_travel_encrypted_all_the_way() {
        deliver("secure", failed("a", "x"));

        assertThat(SECURE_SERVER.getReceivedMessages()).hasSize(1);
    }

    @Test
    void a_server_that_is_not_there_is_out_of_reach() throws Exception {
        scripted.close();
        deliver("scripted", failed("a", "x"));

        assertThat(failure()).containsEntry("error", "no connection to the receiver");
        nothing_shows_what_is_secret();
    }

    private void deliver(String channel, Map<String, Object> alert) {
        alert.put("channel", channel);
        deliver(alert);
    }

    private static MimeMessage received() {
        assertThat(SERVER.getReceivedMessages()).hasSize(1);
        return SERVER.getReceivedMessages()[0];
    }

    private static String part(MimeMessage mail, int index, String type) throws Exception {
        Part part = ((MimeMultipart) mail.getContent()).getBodyPart(index);
        assertThat(part.isMimeType(type)).isTrue();
        return (String) part.getContent();
    }

    private Map<String, Object> failure() {
        assertThat(toldTo("record-failed-attempt")).hasSize(1);
        return toldTo("record-failed-attempt").get(0);
    }

    private void nothing_shows_what_is_secret() {
        assertThat(warnings()).contains("not delivered").doesNotContain("hunter2", "example.com", "127.0.0.1");
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).noneMatch(line -> line.contains("hunter2"));
        assertThat(told.toString()).doesNotContain("hunter2");
    }

    /** A server that says these lines, one at a time, each after the first when it has been told something. */
    private CompletableFuture<Void> replies(String... lines) {
        return CompletableFuture.runAsync(() -> {
            try (Socket client = scripted.accept()) {
                for (String line : lines) {
                    client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    if (client.getInputStream().read(new byte[1024]) < 0) {
                        return;
                    }
                }
                client.getOutputStream().write("221 bye\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** A server that says these lines, and then nothing until it is hung up on. */
    private CompletableFuture<Void> repliesAndHangs(String... lines) {
        return CompletableFuture.runAsync(() -> {
            try (Socket client = scripted.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
                for (String line : lines) {
                    client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    String heard = in.readLine();
                    while (line.startsWith("354") && !heard.equals(".")) {
                        heard = in.readLine();
                    }
                }
                in.transferTo(Writer.nullWriter());
            } catch (IOException e) {
                // hung up on in the middle of a line
            }
        });
    }

    private static GreenMail server(String protocol) {
        ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
        setup.setServerStartupTimeout(30_000);
        return new GreenMail(setup);
    }

    private static ServerSocket listening() {
        try {
            return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> failed(String name, String error) {
        Map<String, Object> alert = new HashMap<>();
        alert.put("alert_id", 1L);
        alert.put("claim", "c-1");
        alert.put("event_id", "e-1");
        alert.put("kind", "failed");
        alert.put("source", "prod");
        alert.put("project_id", "p1");
        alert.put("task_id", "t-1");
        alert.put("time", "2026-11-24T12:00:00Z");
        alert.put("data", """
                {"task_id":"t-1","task_name":"%s","from_status":"MIGRATING","to_status":"FAILED","error_message":"%s",
                 "observed_after":"2026-11-24T10:00:05.1Z","observed_at":"2026-11-24T10:05:03Z","failure_count":1,
                 "task":{"source_instance_name":"源-redis","target_instance_name":"redis-b"}}""".formatted(name.replace("\r\n", "\\r\\n"), error));
        return alert;
    }
}
