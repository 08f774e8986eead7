package io.dcssync.alert;

import io.dcssync.config.ChannelSettings;
import io.dcssync.config.HttpSettings;
import io.dcssync.doctor.Check;
import io.dcssync.doctor.Finding;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.http.HttpEndpoint;

/**
 * Looks whether a channel can be reached, and sends nothing: a connection to an HTTP receiver, the right to write a file.
 * Where the channel leads to is never told, as its URI is a secret as a whole.
 */
public final class ChannelCheck implements Check {

    private static final int PATIENCE_MILLIS = 10_000;

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
        } else {
            String kind = channel.uri().reveal().replaceFirst(":.*", "");
            tell.accept(
                    kind.equals("log")
                            ? Finding.ok("log: written among this program's log lines")
                            : Finding.warn(kind + ": cannot be tried without sending; --send-test does"));
        }
    }

    private Finding receiver(HttpEndpoint endpoint) {
        URI address = endpoint.getHttpUri();
        boolean secure = "https".equals(address.getScheme());
        try (Socket socket = new Socket()) {
            boolean direct = endpoint.getProxyHost() == null;
            socket.connect(
                    direct
                            ? new InetSocketAddress(address.getHost(), port(address, secure))
                            : new InetSocketAddress(endpoint.getProxyHost(), endpoint.getProxyPort()),
                    PATIENCE_MILLIS);
            if (secure && direct) {
                shakeHands(socket, address.getHost());
            }
        } catch (IOException e) {
            return Finding.fail("%s: %s; check alert.%s.uri, and whether the receiver is up"
                    .formatted(address.getScheme(), SendFailure.of(e, channel).message(), channel.name()));
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

    private static void shakeHands(Socket connected, String host) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (SSLSocket socket = (SSLSocket) factory.createSocket(connected, host, connected.getPort(), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
        }
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
