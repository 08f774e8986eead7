package io.dcssync.outbound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on 127.0.0.1 that takes every connection, and sends the digit 2 ten times a second and nothing else. */
public final class DrippingServer implements AutoCloseable {

    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);

    private DrippingServer(ServerSocket listening) {
        this.listening = listening;
    }

    public static DrippingServer start() {
        try {
            DrippingServer server = new DrippingServer(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()));
            server.threads.execute(server::accept);
            Future<?> unused = server.threads.scheduleAtFixedRate(server::drip, 0, 100, TimeUnit.MILLISECONDS);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** How many connections were made. */
    public int accepted() {
        return accepted.get();
    }

    /** How many connections nobody has closed, as far as was noticed. */
    public int open() {
        return open.size();
    }

    @Override
    public void close() {
        try {
            listening.close();
            threads.shutdownNow();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                open.add(listening.accept());
                accepted.incrementAndGet();
            } catch (IOException e) {
                // closed: the loop ends
            }
        }
    }

    private void drip() {
        open.removeIf(DrippingServer::hasGone);
    }

    private static boolean hasGone(Socket socket) {
        try {
            socket.getOutputStream().write('2');
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
