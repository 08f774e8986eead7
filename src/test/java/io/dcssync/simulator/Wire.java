package io.dcssync.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The connection a request came in on, with all the ways to answer it well or badly. */
final class Wire {

    private final Socket socket;
    private final CountDownLatch closing;

    /** {@code closing} reaches zero when the server is closed; it ends all waiting. */
    Wire(Socket socket, CountDownLatch closing) {
        this.socket = socket;
        this.closing = closing;
    }

    /** Answers as a server should. */
    void send(Reply reply) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(head(reply));
        out.write(reply.body());
        out.flush();
    }

    /** Promises the whole body, sends half of it and hangs up. */
    void sendHalf(Reply reply) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(head(reply));
        out.write(Arrays.copyOf(reply.body(), reply.body().length / 2));
        out.flush();
        socket.close();
    }

    /** Sends the body one byte at a time, so that every single read is quick and the whole is not. */
    void drip(Reply reply, Duration pause) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(head(reply));
        for (byte b : reply.body()) {
            out.write(b);
            out.flush();
            if (waitOrClose(pause)) {
                return;
            }
        }
    }

    /** Breaks the connection with a TCP reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Waits; true when the server was closed meanwhile. */
    boolean waitOrClose(Duration pause) {
        try {
            return closing.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static byte[] head(Reply reply) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Scripted\r\n");
        head.append("Content-Length: ").append(reply.body().length).append("\r\n");
        reply.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What to send. */
    static final class Reply {

        private final int status;
        private final Map<String, String> headers;
        private final byte[] body;

        Reply(int status, Map<String, String> headers, byte[] body) {
            this.status = status;
            this.headers = Map.copyOf(headers);
            this.body = body.clone();
        }

        int status() {
            return status;
        }

        Map<String, String> headers() {
            return headers;
        }

        byte[] body() {
            return body;
        }
    }
}
