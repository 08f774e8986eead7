package io.dcssync.alert;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;

/**
 * Makes sockets that are closed when their time is up, whatever is under way on them: a timeout of a socket is for one
 * read, and a receiver that drips outlasts it. They connect to no link-local address. Thread-safe.
 */
public final class BriefSockets extends SocketFactory {

    private final Duration life;
    private final ScheduledExecutorService timer;

    /**
     * @param life time for all that is done with a socket
     * @param timer closes those whose time is up
     */
    public BriefSockets(Duration life, ScheduledExecutorService timer) {
        this.life = life;
        this.timer = timer;
    }

    @Override
    public Socket createSocket() {
        return new BriefSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
        throw new UnsupportedOperationException("nobody here chooses where a connection begins");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
        throw new UnsupportedOperationException("nobody here chooses where a connection begins");
    }

    private Socket connected(InetSocketAddress receiver) throws IOException {
        Socket socket = createSocket();
        try {
            socket.connect(receiver);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private final class BriefSocket extends Socket {

        private final Future<?> end = timer.schedule(this::end, life.toMillis(), TimeUnit.MILLISECONDS);
        private volatile boolean late;

        private Void end() throws IOException {
            late = true;
            super.close();
            return null;
        }

        @Override
        public void connect(SocketAddress receiver, int patienceMillis) throws IOException {
            if (receiver instanceof InetSocketAddress internet) {
                NoLinkLocal.check(internet.getAddress());
            }
            super.connect(receiver, patienceMillis);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] bytes, int start, int length) throws IOException {
                    try {
                        return super.read(bytes, start, length);
                    } catch (IOException e) {
                        // without a cause, which would be taken for what was met
                        throw late ? new SocketTimeoutException("not done within " + life) : e;
                    }
                }
            };
        }

        @Override
        public synchronized void close() throws IOException {
            end.cancel(false);
            super.close();
        }
    }
}
