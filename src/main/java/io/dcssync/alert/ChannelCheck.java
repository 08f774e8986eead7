package io.dcssync.alert;

import io.dcssync.config.ChannelSettings;
import io.dcssync.config.HttpSettings;
import io.dcssync.doctor.Check;
import io.dcssync.doctor.Finding;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.component.mail.MailConfiguration;
import org.apache.camel.component.mail.MailEndpoint;
import org.apache.kafka.common.utils.Utils;

/**
 * Looks whether a channel can be reached, and sends nothing: a connection to a receiver, the right to write a file.
 * Where the channel leads to is never told, as its URI is a secret as a whole.
 */
public final class ChannelCheck implements Check {

    private final ChannelSettings channel;
    private final CamelContext camel;

    /** @param camel one that the channel's endpoint was opened in */
    public ChannelCheck(ChannelSettings channel, CamelContext camel) {
        this.channel = channel;
        this.camel = camel;
    }

    @Override
    public void make(Consumer<Finding> tell) {
        Object endpoint = camel.getRegistry().lookupByName("channel-" + channel.name());
        if (endpoint instanceof HttpEndpoint address) {
            tell.accept(receiver(address));
        } else if (endpoint instanceof SlackChannel slack) {
            tell.accept(receiver(slack.receiver()));
        } else if (channel.isFile()) {
            tell.accept(file(camel.getEndpoint(channel.uri().reveal(), FileEndpoint.class)));
        } else if (channel.isMail()) {
            tell.accept(mailServer(camel.getEndpoint(channel.uri().reveal(), MailEndpoint.class)
                    .getConfiguration()));
        } else if (channel.isKafka()) {
            tell.accept(brokers(camel.getEndpoint(channel.uri().reveal(), KafkaEndpoint.class)
                    .getConfiguration()));
        } else {
            tell.accept(
                    kind().equals("log")
                            ? Finding.ok("log: written among this program's log lines")
                            : Finding.warn(kind() + ": cannot be tried without sending; --send-test does"));
        }
    }

    private Finding receiver(HttpEndpoint endpoint) {
        URI address = endpoint.getHttpUri();
        boolean secure = "https".equals(address.getScheme());
        boolean direct = endpoint.getProxyHost() == null;
        try {
            NoLinkLocal.check(address.getHost());
            Socket connected = direct
                    ? Dial.to(address.getHost(), port(address, secure), secure)
                    : Dial.to(endpoint.getProxyHost(), endpoint.getProxyPort(), false);
            connected.close();
        } catch (IOException e) {
            return outOfReach(e);
        }
        return secure || HttpSettings.isLoopback(address.getHost())
                ? Finding.ok(address.getScheme()
                        + ": the receiver can be reached; --send-test shows whether it takes events")
                : Finding.warn(
                        "http: the receiver can be reached, but what tasks are called and why they failed travels"
                                + " unencrypted; use https: where the receiver offers it");
    }

    private static int port(URI address, boolean secure) {
        return address.getPort() >= 0 ? address.getPort() : secure ? 443 : 80;
    }

    private Finding mailServer(MailConfiguration mail) {
        try (Socket socket = dial(mail)) {
            byte[] greeting = socket.getInputStream().readNBytes(3);
            if (!new String(greeting, StandardCharsets.US_ASCII).equals("220")) {
                return Finding.fail("%s: what answers does not greet as a mail server does; check alert.%s.uri"
                        .formatted(kind(), channel.name()));
            }
            socket.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return outOfReach(e);
        }
        return Finding.ok(kind() + ": the mail server can be reached; --send-test shows whether it takes mails");
    }

    private static Socket dial(MailConfiguration mail) throws IOException {
        NoLinkLocal.check(mail.getHost());
        return Dial.to(mail.getHost(), mail.getPort(), mail.isSecureProtocol());
    }

    /** One broker tells of the others. */
    private Finding brokers(KafkaConfiguration kafka) {
        IOException met = new IOException("no broker is named");
        for (String broker : kafka.getBrokers().split(",", -1)) {
            try {
                NoLinkLocal.check(Utils.getHost(broker));
                Dial.to(Utils.getHost(broker), Utils.getPort(broker), false).close();
                return Finding.ok("kafka: a broker can be reached; --send-test shows whether it takes events");
            } catch (IOException e) {
                met = e;
            }
        }
        return outOfReach(met);
    }

    private Finding outOfReach(IOException met) {
        return Finding.fail("%s: %s; check alert.%s.uri, and whether the receiver is up"
                .formatted(kind(), SendFailure.of(met, channel).message(), channel.name()));
    }

    private String kind() {
        return channel.uri().reveal().replaceFirst(":.*", "");
    }

    private Finding file(FileEndpoint endpoint) {
        Path folder = endpoint.getFile().toPath().toAbsolutePath();
        String name = endpoint.getFileName() == null ? "" : String.valueOf(endpoint.getFileName());
        Path file = folder.resolve(name);
        // a name that is made for each event, or that of a folder, is no file that is there already
        boolean isFileThere = !name.isEmpty() && !name.contains("${") && Files.exists(file);
        boolean writable = isFileThere ? !Files.isDirectory(file) && Files.isWritable(file) : isWritable(folder);
        return writable
                ? Finding.ok("file: can be written")
                : Finding.fail(
                        "file: the %s cannot be written; check alert.%s.uri and the rights of the user that dcs-sync runs as"
                                .formatted(isFileThere ? "file" : "folder", channel.name()));
    }

    /** Whether files can be made in a folder, or the folder itself, which happens when the first alert is written. */
    private static boolean isWritable(Path folder) {
        Path there = folder;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there != null && Files.isDirectory(there) && Files.isWritable(there);
    }
}
