package io.dcssync.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The webhook that the demo brings along: it takes every delivery and keeps it until it is told of. Thread-safe. */
public final class Receiver implements AutoCloseable {

    private static final String PATH = "/alerts";

    private final HttpServer server;
    private final Queue<String> arrived = new ConcurrentLinkedQueue<>();

    private Receiver(HttpServer server) {
        this.server = server;
        server.createContext(PATH, this::take);
    }

    /**
     * Starts to listen, on any free port of 127.0.0.1.
     *
     * @throws IOException if this machine lets nobody listen there
     */
    public static Receiver start() throws IOException {
        Receiver receiver =
                new Receiver(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        receiver.server.start();
        return receiver;
    }

    /** Returns where deliveries are taken. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
    }

    /** Hands out what has arrived since the last call, oldest first. */
    public List<String> takeAll() {
        List<String> all = new ArrayList<>();
        for (String event = arrived.poll(); event != null; event = arrived.poll()) {
            all.add(event);
        }
        return all;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean delivery = exchange.getRequestMethod().equals("POST");
            if (delivery) {
                arrived.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            }
            exchange.sendResponseHeaders(delivery ? 204 : 405, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
