package io.dcssync.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * HTTP/1.1 by hand on 127.0.0.1, one thread a connection: a real server would not let itself be made to reset, cut off
 * or drip.
 */
final class SocketServer implements AutoCloseable {

    /** Answers requests; may be called by several threads at once. */
    interface Handler {
        void answer(ReceivedRequest request, Wire wire) throws IOException;
    }

    private final ServerSocket listening;
    private final Handler handler;
    private final AtomicInteger requests = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);

    SocketServer(Handler handler) {
        this.handler = handler;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(this::acceptAll);
    }

    int port() {
        return listening.getLocalPort();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acceptAll() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                open.add(socket);
                run(() -> serve(socket));
            } catch (IOException e) {
                // closed: the loop ends
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Wire wire = new Wire(socket, closing);
            String requestLine = line(in);
            while (!requestLine.isEmpty() && !socket.isClosed()) {
                handler.answer(request(requestLine, in), wire);
                requestLine = socket.isClosed() ? "" : line(in);
            }
        } catch (IOException e) {
            // the client has gone away, or a script has hung up on it
        } finally {
            open.remove(socket);
        }
    }

    private ReceivedRequest request(String requestLine, InputStream in) throws IOException {
        String[] words = requestLine.split(" ", 3);
        String[] target = words[1].split("\\?", 2);
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] header = line.split(":", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[1].trim());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the client went away in the middle of its request");
        }
        return new ReceivedRequest(
                requests.incrementAndGet(),
                words[0],
                target[0],
                target.length > 1 ? target[1] : "",
                Map.copyOf(headers),
                new String(body, StandardCharsets.UTF_8),
                Instant.now());
    }

    /** Reads a line; "" at the end of the stream. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static void run(Runnable work) {
        Thread thread = new Thread(work, "scripted-dcs");
        thread.setDaemon(true);
        thread.start();
    }
}
