package io.dcssync.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dcssync.outbound.DrippingServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class BriefSocketsTest {

    @AutoClose
    private final DrippingServer server = DrippingServer.start();

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final BriefSockets sockets = new BriefSockets(Duration.ofMillis(500), timer);

    @AfterEach
    void end_the_timer() {
        timer.shutdownNow();
    }

    @Test
    void a_receiver_that_drips_is_left_when_time_is_up() throws Exception {
        try (Socket socket = sockets.createSocket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            InputStream in = socket.getInputStream();

            assertThat(in.read()).isEqualTo('2');
            assertThatThrownBy(() -> in.readAllBytes()).isInstanceOf(SocketTimeoutException.class);
            assertThat(socket.isClosed()).isTrue();
        }
        await().untilAsserted(() -> assertThat(server.open()).isZero());
    }

    @Test
    void what_ends_sooner_ends_as_it_does_elsewhere() throws Exception {
        Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), server.port());
        socket.close();

        assertThatThrownBy(() -> socket.getInputStream().read())
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "fe80::1"})
    void no_connection_is_made_to_a_link_local_address(String host) {
        assertThatThrownBy(() -> sockets.createSocket(host, 25)).isInstanceOf(NoLinkLocal.Refused.class);
        assertThatThrownBy(() -> sockets.createSocket().connect(new InetSocketAddress(host, 25), 100))
                .isInstanceOf(NoLinkLocal.Refused.class);
    }
}
