package io.dcssync.outbound;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An HTTP server for a test: gives the replies it was told in their order, the last one again and again. */
public final class HttpDouble implements AutoCloseable {

    /** What is done about a request. */
    public interface Reply {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    /** A request as it came. */
    public record Request(String method, String uri, Headers headers, String body) {}

    private final HttpServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Iterator<Reply> replies = List.<Reply>of().iterator();
    private volatile Reply last;

    private HttpDouble() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(workers);
        server.createContext("/", this::answer);
        server.start();
    }

    public static HttpDouble start() {
        try {
            return new HttpDouble();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public HttpDouble replies(Reply... next) {
        replies = List.of(next).iterator();
        return this;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Request> requests() {
        return requests;
    }

    public static Reply status(int status, String body, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** A page of these tasks, and their number as its count. */
    public static Reply page(String... ids) {
        StringBuilder tasks = new StringBuilder();
        for (String id : ids) {
            tasks.append(tasks.isEmpty() ? "" : ",").append("{\"task_id\":\"" + id + "\"}");
        }
        return status(200, "{\"migration_tasks\":[" + tasks + "]}", "Content-Type", "application/json");
    }

    /** Announces more than it sends, and hangs up. */
    public static Reply cutOff(String beginning) {
        return exchange -> {
            exchange.sendResponseHeaders(200, beginning.length() + 100L);
            exchange.getResponseBody().write(beginning.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        };
    }

    /** Sends a byte now and then and does not come to an end before it is closed. */
    public Reply dripping() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            do {
                body.write(' ');
                body.flush();
            } while (!closed.await(50, TimeUnit.MILLISECONDS));
        };
    }

    /** Never answers. */
    public Reply hanging() {
        return exchange -> closed.await();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    body));
            next().to(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Reply next() {
        if (replies.hasNext()) {
            last = replies.next();
        }
        return last;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        workers.shutdownNow();
    }
}
