package io.dcssync.alert;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Opens connections, to see whether somebody is there. */
final class Dial {

    private static final int PATIENCE_MILLIS = 10_000;

    private Dial() {}

    /**
     * Connects to a host; reading from it ends after a while too.
     *
     * @param secure by TLS, with a certificate that names the host
     */
    static Socket to(String host, int port, boolean secure) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return secure ? shakenHands(socket, host) : socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket shakenHands(Socket connected, String host) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket = (SSLSocket) factory.createSocket(connected, host, connected.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
