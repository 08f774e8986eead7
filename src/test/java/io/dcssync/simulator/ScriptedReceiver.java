package io.dcssync.simulator;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What alerts are sent to in tests: takes them all with 204, until it is told otherwise. Misfortunes ({@code …Next})
 * queue up, one a request. Thread-safe.
 */
public final class ScriptedReceiver implements AutoCloseable {

    private static final Wire.Reply TAKEN = new Wire.Reply(204, Map.of(), new byte[0]);

    /** A way to answer a delivery. */
    private interface Reaction {
        void to(Wire wire) throws IOException;
    }

    private final List<ReceivedRequest> received = new ArrayList<>();
    private final Deque<Reaction> misfortunes = new ArrayDeque<>();
    private Reaction always = wire -> wire.send(TAKEN);
    private volatile Consumer<ReceivedRequest> before = request -> {};
    private final SocketServer server = new SocketServer(this::react);

    private ScriptedReceiver() {}

    /** Starts one. */
    public static ScriptedReceiver start() {
        return new ScriptedReceiver();
    }

    /** Returns where it takes deliveries; what follows the port is up to the sender. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** Returns the deliveries that were tried so far, those that met with misfortune too. */
    public synchronized List<ReceivedRequest> received() {
        return List.copyOf(received);
    }

    /** Answers with this status and body from now on, once the misfortunes are used up. */
    public synchronized ScriptedReceiver answersAlways(int status, String body) {
        Wire.Reply reply = new Wire.Reply(
                status, Map.of("Content-Type", "text/plain; charset=utf-8"), body.getBytes(StandardCharsets.UTF_8));
        always = wire -> wire.send(reply);
        return this;
    }

    /** Answers the next delivery with this status and header. */
    public synchronized ScriptedReceiver answersNext(int status, String header, String value) {
        misfortunes.add(wire -> wire.send(new Wire.Reply(status, Map.of(header, value), new byte[0])));
        return this;
    }

    /** Answers the next delivery with this status and body. */
    public synchronized ScriptedReceiver saysNext(int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        misfortunes.add(wire -> wire.send(new Wire.Reply(status, Map.of(), bytes)));
        return this;
    }

    /** The connection of the next delivery is reset. */
    public synchronized ScriptedReceiver resetsNext() {
        misfortunes.add(Wire::reset);
        return this;
    }

    /** The next delivery waits so long for its answer. */
    public synchronized ScriptedReceiver hangsNext(Duration pause) {
        misfortunes.add(wire -> {
            if (!wire.waitOrClose(pause)) {
                wire.send(TAKEN);
            }
        });
        return this;
    }

    /** Runs before each delivery is answered, while it waits; replaces what was to run before. */
    public void before(Consumer<ReceivedRequest> happening) {
        before = happening;
    }

    @Override
    public void close() {
        server.close();
    }

    private void react(ReceivedRequest request, Wire wire) throws IOException {
        Reaction reaction;
        synchronized (this) {
            received.add(request);
            reaction = misfortunes.isEmpty() ? always : misfortunes.poll();
        }
        before.accept(request);
        reaction.to(wire);
    }
}
