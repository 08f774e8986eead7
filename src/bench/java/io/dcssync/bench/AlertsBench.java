package io.dcssync.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast alerts reach a webhook on this machine: a storm of them, and a few a second. */
@Command(name = "alerts", description = "How fast alerts reach a webhook: a storm of them, and ten a second")
final class AlertsBench implements Callable<Integer> {

    @Mixin
    private Place place;

    @Option(names = "--alerts", defaultValue = "10000", description = "alerts of the storm")
    private int alerts;

    @Option(names = "--seconds", defaultValue = "60", description = "how long ten a second are sent")
    private int seconds;

    /** When the event of an id was received, by the clock of this machine, as seconds. */
    private final Map<String, Double> received = new ConcurrentHashMap<>();

    @Override
    public Integer call() throws Exception {
        HttpServer webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        ExecutorService threads = Executors.newCachedThreadPool();
        webhook.setExecutor(threads);
        webhook.createContext("/", this::receive);
        webhook.start();
        try (Database server = Database.start(place.folder().resolve("postgres"));
                FastEndpoint endpoint = new FastEndpoint()) {
            measure(
                    server.fresh("bench_alerts"),
                    endpoint,
                    "http://127.0.0.1:" + webhook.getAddress().getPort() + "/");
        } finally {
            webhook.stop(0);
            threads.shutdown();
        }
        return 0;
    }

    private void receive(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        received.putIfAbsent(exchange.getRequestHeaders().getFirst("webhook-id"), System.currentTimeMillis() / 1000.0);
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private void measure(Database database, FastEndpoint endpoint, String url) throws Exception {
        int trickle = seconds * 10;
        MadeUpTasks list = new MadeUpTasks("bench", alerts + trickle);
        endpoint.has("bench", list);
        endpoint.holdBack("bench");
        String configuration = RunningJob.database(database)
                + RunningJob.source("bench", endpoint, 1000, "* * * * * ?")
                + "alert.hook.uri=" + url + "\nalert.hook.digest-above=0\n";
        try (RunningJob job = RunningJob.start(place.home(), place.folder(), configuration);
                Connection connection = database.connectWhenMigrated(job)) {
            pass(endpoint, job);
            list.fail(0, alerts);
            pass(endpoint, job);
            Waiting.until(() -> received.size() == alerts);
            double last = received.values().stream().mapToDouble(at -> at).max().orElseThrow();
            double released = number(connection, "select extract(epoch from max(finished_at))::float8 from dcs.run");
            System.out.printf(
                    Locale.ROOT, "%n%,d alerts of one pass: %.0f a second%n", alerts, alerts / (last - released));
            received.clear();
            for (int second = 0; second < seconds; second++) {
                list.fail(alerts + 10 * second, alerts + 10 * second + 10);
                pass(endpoint, job);
                int due = 10 * (second + 1);
                Waiting.until(() -> received.size() == due);
            }
            print(latencies(connection));
        }
    }

    /** Lets one pass go and waits until the next one waits. */
    private static void pass(FastEndpoint endpoint, RunningJob job) throws Exception {
        for (int i = 0; i < 2; i++) {
            Waiting.until(() -> {
                job.mustLive();
                return endpoint.waiting("bench") == 1;
            });
            if (i == 0) {
                endpoint.letGo("bench");
                Waiting.until(() -> endpoint.waiting("bench") == 0);
            }
        }
    }

    private List<Double> latencies(Connection connection) throws Exception {
        List<Double> latencies = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select a.event_id, extract(epoch from r.finished_at)::float8 from dcs.alert a join dcs.run r using (run_id)")) {
            while (rows.next()) {
                Double at = received.get(rows.getString(1));
                if (at != null) {
                    latencies.add((at - rows.getDouble(2)) * 1000);
                }
            }
        }
        latencies.sort(null);
        return latencies;
    }

    private void print(List<Double> latencies) {
        System.out.printf(
                Locale.ROOT,
                "ten alerts a second: from the end of the pass to the webhook %.0f ms (median), %.0f ms (99 of 100), %.0f ms at most%n",
                latencies.get(latencies.size() / 2),
                latencies.get(latencies.size() * 99 / 100),
                latencies.get(latencies.size() - 1));
    }

    private static double number(Connection connection, String sql) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getDouble(1);
        }
    }
}
