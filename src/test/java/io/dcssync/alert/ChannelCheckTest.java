package io.dcssync.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.dcssync.config.ChannelSettings;
import io.dcssync.config.GivenSettings;
import io.dcssync.config.Secret;
import io.dcssync.doctor.Finding;
import io.dcssync.simulator.ScriptedReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.SocketFactory;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelCheckTest {

    @TempDir
    private Path folder;

    @AutoClose
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @AutoClose
    private final ScriptedReceiver receiver = ScriptedReceiver.start();

    @Test
    void a_receiver_that_can_be_reached_gets_nothing() {
        assertThat(found(receiver.url() + "/T0K3N?key=geheim").verdict()).isEqualTo(Finding.Verdict.OK);
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void slack_is_tried_where_messages_would_be_posted_to() {
        assertThat(found("slack:#ops?webhookUrl=" + receiver.url() + "/T0K3N").verdict())
                .isEqualTo(Finding.Verdict.OK);
        assertThat(found("slack:#ops?token=T0K3N&serverUrl=https://receiver.invalid"))
                .isEqualTo(
                        Finding.fail(
                                "slack: the receiver's host has no address; check alert.ops.uri, and whether the receiver is up"));
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void a_receiver_without_tls_or_out_of_reach_is_told_without_its_address() {
        String secure = receiver.url().toString().replace("http:", "https:") + "/T0K3N";

        assertThat(found(secure))
                .isEqualTo(
                        Finding.fail(
                                "https: no secure connection to the receiver; check alert.ops.uri, and whether the receiver is up"));
        assertThat(found("https://receiver.invalid/T0K3N"))
                .isEqualTo(
                        Finding.fail(
                                "https: the receiver's host has no address; check alert.ops.uri, and whether the receiver is up"));
    }

    @Test
    void a_file_that_can_be_made_is_fine_and_is_not_made() {
        assertThat(found("file:" + folder.resolve("new/alerts"))).isEqualTo(Finding.ok("file: can be written"));
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void a_folder_that_is_none_or_a_file_that_is_a_folder_is_told() throws Exception {
        Path file = Files.writeString(folder.resolve("taken"), "x");
        Files.createDirectory(folder.resolve("alerts.jsonl"));

        assertThat(found("file:" + file.resolve("alerts")).text()).contains("the folder cannot be written");
        assertThat(found("file:" + folder + "?fileName=alerts.jsonl&fileExist=Append")
                        .text())
                .contains("the file cannot be written", "alert.ops.uri");
    }

    @Test
    void a_mail_server_is_told_by_its_greeting_and_gets_nothing() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        int port = server.getSmtp().getPort();
        try {
            assertThat(found(mail(port)))
                    .isEqualTo(Finding.ok(
                            "smtp: the mail server can be reached; --send-test shows whether it takes mails"));
            assertThat(server.getReceivedMessages()).isEmpty();
        } finally {
            server.stop();
        }
        assertThat(found(mail(port)).text()).startsWith("smtp: no connection to the receiver;");
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answer = CompletableFuture.runAsync(() -> {
                try (Socket client = other.accept()) {
                    client.getOutputStream().write("SSH-2.0\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThat(found(mail(other.getLocalPort())))
                    .isEqualTo(Finding.fail(
                            "smtp: what answers does not greet as a mail server does; check alert.ops.uri"));
            answer.join();
        }
    }

    @Test
    void one_broker_of_several_is_enough() {
        String there = receiver.url().getAuthority();

        assertThat(found("kafka:T0K3N?brokers=127.0.0.1:1," + there))
                .isEqualTo(Finding.ok("kafka: a broker can be reached; --send-test shows whether it takes events"));
        assertThat(found("kafka:T0K3N?brokers=127.0.0.1:1").text())
                .isEqualTo("kafka: no connection to the receiver; check alert.ops.uri, and whether the receiver is up");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/T0K3N",
                "smtp://169.254.169.254?to=T0K3N@example.com&from=a@example.com",
                "kafka:T0K3N?brokers=169.254.169.254:9092"
            })
    void a_receiver_at_a_link_local_address_is_not_dialled(String uri) {
        // as if a name led there, which no configuration would be refused for
        assertThat(found(withUri(uri)).text())
                .contains(
                        "the receiver's host has a link-local address, to which nothing is sent; check alert.ops.uri");
    }

    private static ChannelSettings withUri(String uri) {
        ChannelSettings other = GivenSettings.channel("log:x");
        return new ChannelSettings(
                other.name(),
                new Secret(uri),
                other.on(),
                other.format(),
                other.secret(),
                other.firstSync(),
                other.digestAbove(),
                other.maxAttempts(),
                other.retryDelay());
    }

    private static String mail(int port) {
        return "smtp://127.0.0.1:%d?to=T0K3N@example.com&from=a@example.com".formatted(port);
    }

    private Finding found(String uri) {
        return found(GivenSettings.channel(uri));
    }

    private Finding found(ChannelSettings channel) {
        camel.getRegistry()
                .bind("channel-ops", ChannelEndpoints.open(camel, channel, builder -> {}, SocketFactory.getDefault()));
        List<Finding> findings = new ArrayList<>();
        new ChannelCheck(channel, camel).make(findings::add);
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).text()).doesNotContain("T0K3N", "127.0.0.1", folder.toString());
        return findings.get(0);
    }
}
