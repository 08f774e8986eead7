package io.dcssync.cli;

import static io.dcssync.outbound.HttpDouble.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.config.GivenSettings;
import io.dcssync.config.Settings;
import io.dcssync.ledger.TestDatabase;
import io.dcssync.outbound.HttpDouble;
import io.dcssync.source.Pass;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However a job waits when it is told to stop: it stops soon, and leaves the ledger in order. */
@Timeout(60)
class StopIT {

    private static final Duration SOON = Duration.ofSeconds(3);

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final HttpDouble dcs = HttpDouble.start();

    @AutoClose
    private final HttpDouble receiver = HttpDouble.start();

    @Test
    void while_an_answer_does_not_come() throws Exception {
        dcs.replies(dcs.hanging());
        stopsWhile(() -> dcs.requests().size() == 1);
    }

    @Test
    void while_an_answer_drips() throws Exception {
        dcs.replies(dcs.dripping());
        stopsWhile(() -> dcs.requests().size() == 1);
    }

    @Test
    void in_the_pause_between_two_tries() throws Exception {
        dcs.replies(status(503, "busy"));
        stopsWhile(() -> dcs.requests().size() == 1, "sync.retry-delay = 30s");
    }

    @Test
    void in_the_pause_that_the_endpoint_asked_for() throws Exception {
        dcs.replies(status(429, "", "Retry-After", "600"));
        stopsWhile(() -> dcs.requests().size() == 1);
    }

    @Test
    void between_pages() throws Exception {
        dcs.replies(endless());
        stopsWhile(() -> dcs.requests().size() > 5, "source.prod.page-size = 2", "source.prod.rate-limit = 1000");
    }

    @Test
    void while_the_rate_limit_is_kept_to() throws Exception {
        dcs.replies(endless());
        stopsWhile(() -> dcs.requests().size() == 2, "source.prod.page-size = 2", "source.prod.rate-limit = 1");
    }

    @Test
    void while_the_connection_is_made() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // nobody accepts: once the queue is full, connections hang
            for (int i = 0; i < 2; i++) {
                waiting.add(new Socket(full.getInetAddress(), full.getLocalPort()));
            }
            AtomicInteger asked = new AtomicInteger();
            stopsWhile(
                    () -> asked.incrementAndGet() > 10,
                    "source.prod.endpoint = http://127.0.0.1:" + full.getLocalPort());
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void while_another_process_has_the_source() throws Exception {
        database.run("insert into dcs.source (source, project_id) values ('prod', 'p1')");
        database.run("insert into dcs.run (run_id, source, trigger, started_at, node, app_version)"
                + " values (99, 'prod', 'sync', now(), 'host:1', '1')");
        database.run("update dcs.source set current_run = 99, lease_until = now() + interval '1 hour'");
        Job job = start(settings());
        Object untouched = sourceRow();
        CompletableFuture<Pass> sync = sync(job);
        await().until(() -> !sourceRow().equals(untouched)); // each look at the source leaves a new version of its row

        stop(job);
        sync.handle((pass, failure) -> pass).get(1, TimeUnit.SECONDS);
        assertThat(dcs.requests()).isEmpty();
    }

    @Test
    void while_a_receiver_does_not_answer() throws Exception {
        dcs.replies(
                status(
                        200,
                        "{\"migration_tasks\":[{\"task_id\":\"a\",\"status\":\"FAILED\"},{\"task_id\":\"b\",\"status\":\"FAILED\"}]}"));
        receiver.replies(receiver.hanging());
        Settings settings = settings("alert.ops.first-sync = each");
        Job job = start(settings);
        job.sync("prod", false);
        CompletableFuture<Void> drain = CompletableFuture.runAsync(() -> {
            try {
                job.drain(settings.channels().get(0));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> receiver.requests().size() == 1);

        stop(job);
        assertThat(drain).succeedsWithin(1, TimeUnit.SECONDS);
        assertThat(database.rows("select state, attempts from report.alert order by alert_id"))
                .containsExactly(Map.of("state", "pending", "attempts", 0), Map.of("state", "pending", "attempts", 0));
        assertThat(database.one("select count(*) from dcs.alert where claim is not null"))
                .isEqualTo(0L);
    }

    @Test
    void a_job_that_was_stopped_starts_nothing_more() throws Exception {
        receiver.replies(status(200, ""));
        dcs.replies(endless());
        Settings settings = settings();
        Job job = start(settings);
        stop(job);

        CompletableFuture<Pass> sync = sync(job);
        sync.handle((pass, failure) -> pass).get(2, TimeUnit.SECONDS);
        assertThat(dcs.requests()).isEmpty();
    }

    private void stopsWhile(Callable<Boolean> waiting, String... lines) throws Exception {
        Job job = start(settings(lines));
        CompletableFuture<Pass> sync = sync(job);
        await().during(Duration.ofMillis(400)).until(waiting); // so that it is in the middle of it

        int asked = dcs.requests().size();
        stop(job);
        sync.get(1, TimeUnit.SECONDS);

        assertThat(dcs.requests().size()).isLessThanOrEqualTo(asked + 1);
        assertThat(database.rows("select outcome, error_code from report.sync_run"))
                .containsExactly(Map.of("outcome", "abandoned", "error_code", "stopped"));
        assertThat(database.one("select count(*) from dcs.source where current_run is not null"))
                .as("leases")
                .isEqualTo(0L);
    }

    private static void stop(Job job) {
        long start = System.nanoTime();
        job.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        job.close();
    }

    private Settings settings(String... lines) {
        return GivenSettings.of(
                "source.prod.endpoint = " + dcs.url(),
                "source.prod.project-id = p1",
                "source.prod.auth = none",
                "alert.ops.uri = " + receiver.url(),
                String.join("\n", lines));
    }

    private Job start(Settings settings) {
        return Job.start(settings, database.dataSource(), Map.of(), SyncCommand.ROUTES);
    }

    private static CompletableFuture<Pass> sync(Job job) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return job.sync("prod", false);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private Object sourceRow() {
        return database.one("select xmin::text from dcs.source");
    }

    /** Pages of two tasks, each page beginning with the last task of the one before. */
    private static HttpDouble.Reply endless() {
        return exchange -> {
            int offset = Integer.parseInt(exchange.getRequestURI().getQuery().replaceAll(".*offset=(\\d+).*", "$1"));
            status(
                            200,
                            "{\"migration_tasks\":[{\"task_id\":\"t%d\"},{\"task_id\":\"t%d\"}]}"
                                    .formatted(offset, offset + 1))
                    .to(exchange);
        };
    }
}
