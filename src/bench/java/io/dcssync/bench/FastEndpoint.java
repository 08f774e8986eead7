package io.dcssync.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A DCS endpoint that costs next to nothing: it answers what {@link MadeUpTasks} holds, by project, on loopback. Passes
 * may be held back at their first request, so that each is measured alone.
 */
final class FastEndpoint implements AutoCloseable {

    private static final Pattern REQUEST = Pattern.compile("/v2/([^/]+)/migration-tasks\\?offset=(\\d+)&limit=(\\d+)");

    private final Map<String, MadeUpTasks> projects = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final Map<String, Semaphore> gates = new ConcurrentHashMap<>();

    FastEndpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/v2/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void has(String project, MadeUpTasks tasks) {
        projects.put(project, tasks);
    }

    /** Has passes over a project wait with their first request until each is let go. */
    void holdBack(String project) {
        gates.put(project, new Semaphore(0));
    }

    /** Lets one pass go. */
    void letGo(String project) {
        gates.get(project).release();
    }

    /** How many passes over a project wait. */
    int waiting(String project) {
        return gates.get(project).getQueueLength();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Matcher request = REQUEST.matcher(exchange.getRequestURI().toString());
        if (!request.matches()) {
            throw new IllegalArgumentException("not foreseen: " + exchange.getRequestURI());
        }
        String project = request.group(1);
        int offset = Integer.parseInt(request.group(2));
        if (offset == 0 && gates.containsKey(project)) {
            gates.get(project).acquireUninterruptibly();
        }
        byte[] page = projects.get(project).page(offset, Integer.parseInt(request.group(3)));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
