package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.program.TraceCollector.Received;
import io.dcssync.simulator.ReceivedRequest;
import io.dcssync.simulator.ScriptedDcs;
import io.dcssync.simulator.ScriptedReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program tells a collector of traces: a pass and what it alerts are one tree. */
class TracesIT {

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final ScriptedDcs dcs = ScriptedDcs.start();

    @AutoClose
    private final ScriptedReceiver ops = ScriptedReceiver.start();

    @AutoClose
    private final TraceCollector collector = TraceCollector.start();

    private InstalledProgram program;

    @BeforeEach
    void install() {
        program = InstalledProgram.in(folder)
                .on(database)
                .reads("prod", dcs)
                .with("alert.ops.uri", ops.url() + "/a-secret-path")
                .with("alert.ops.first-sync", "each")
                .with("otel.endpoint", collector.url())
                .with("otel.headers", "X-Scope=dcs, Authorization=Bearer a-secret-token=");
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void a_pass_its_pages_and_its_alerts_are_one_tree() {
        dcs.has(task("a").failed("a-secret-reason"), task("b").migrating());
        dcs.failsNext(1, 503);
        ops.answersNext(500, "X-Y", "z");

        Ended sync = program.run("sync");

        assertThat(sync.exitCode()).as(sync.err()).isZero();
        Received pass = only(collector.spans("pass"));
        String run = database.one("select run_id from report.sync_run").toString();
        assertThat(pass.parent()).isEmpty();
        assertThat(pass.failed()).isFalse();
        assertThat(pass.attributes())
                .containsEntry("dcs.source", "prod")
                .containsEntry("dcs.trigger", "sync")
                .containsEntry("dcs.run", run)
                .containsEntry("dcs.outcome", "complete")
                .containsEntry("dcs.tasks_read", "3")
                .containsEntry("dcs.requests", "3")
                .containsEntry("dcs.retries", "1");

        List<Received> pages = collector.spans("page");
        assertThat(pages).hasSize(2).allMatch(page -> page.isWithin(pass));
        List<Received> requests = collector.spans("request");
        assertThat(requests).hasSize(3).allMatch(request -> pages.stream().anyMatch(request::isWithin));
        assertThat(requests.get(0).failed()).isTrue();
        assertThat(requests.get(0).attributes())
                .containsEntry("http.request.method", "GET")
                .containsEntry("http.response.status_code", "503")
                .containsEntry("dcs.offset", "0");
        assertThat(requests.get(1).isWithin(pages.get(0))).isTrue();
        assertThat(requests.get(2).attributes())
                .containsEntry("http.response.status_code", "200")
                .containsEntry("dcs.offset", "1");
        assertThat(only(collector.spans("store")).isWithin(pass))
                .as("the second page brings nothing new")
                .isTrue();
        assertThat(only(collector.spans("close")).isWithin(pass)).isTrue();

        Received delivery = only(collector.spans("delivery"));
        assertThat(delivery.isWithin(pass)).isTrue();
        assertThat(delivery.failed()).isTrue();
        assertThat(delivery.attributes())
                .containsEntry("dcs.channel", "ops")
                .containsEntry("dcs.kind", "failed")
                .containsEntry("dcs.source", "prod")
                .containsEntry("dcs.task", "a")
                .containsEntry("dcs.run", run)
                .containsEntry("dcs.state", "pending")
                .containsEntry("dcs.attempts", "1");
        assertThat(only(collector.spans("record")).isWithin(delivery)).isTrue();

        assertThat(collector.senders()).allSatisfy(sender -> assertThat(sender)
                .containsEntry("service.name", "dcs-sync")
                .containsKeys("service.version", "service.instance.id"));
        assertThat(collector.authorizations()).isNotEmpty().containsOnly("Bearer a-secret-token=");
        assertThat(collector.spans().toString()).doesNotContain("a-secret", "127.0.0.1");
        assertThat(sync.says("a-secret")).isFalse();
    }

    @Test
    void nothing_of_a_trace_travels_to_sources_or_channels() {
        dcs.has(task("a").failed("x"));
        assertThat(program.run("sync").exitCode()).isZero();

        assertThat(collector.spans("delivery")).isNotEmpty();
        assertThat(Stream.concat(dcs.requests().stream(), ops.received().stream())
                        .map(ReceivedRequest::headers))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(headers -> assertThat(headers.keySet())
                        .noneMatch(name -> name.matches("trace.*|baggage|b3|x-b3.*|uber-trace-id|x-scope")));
    }

    @Test
    void a_pass_that_fails_says_so_without_the_text_of_its_failure() {
        dcs.answersAlways(403, "application/json", new byte[0]);
        assertThat(program.run("sync").exitCode()).isEqualTo(1);

        Received pass = only(collector.spans("pass"));
        assertThat(pass.failed()).isTrue();
        assertThat(pass.attributes())
                .containsEntry("dcs.outcome", "failed")
                .containsEntry(
                        "dcs.error_code",
                        database.one("select error_code from report.sync_run").toString());
        assertThat(only(collector.spans("page")).failed()).isTrue();
    }

    @Test
    void a_collector_that_takes_nothing_is_told_once_and_once_when_it_does_again() {
        dcs.has(task("a").failed("x"));
        collector.answers(503);
        program.with("source.prod.schedule", "* * * * * ?").with("http.port", 0).with("http.management-port", 0);
        Running run = program.start("run");
        await().until(() -> (long) database.one("select count(*) from report.sync_run") >= 5);
        assertThat(ops.received()).hasSize(1);
        assertThat(run.err().lines().filter(line -> line.contains("trace") || line.contains("opentelemetry")))
                .singleElement()
                .asString()
                .contains("WARN  traces cannot be sent to " + collector.url()
                        + ": it refuses them. Passes and alerts go on");

        collector.answers(200);
        await().until(() -> run.err().contains("INFO  traces are sent to " + collector.url() + " again"));
        await().until(() -> !collector.spans("pass").isEmpty());
        assertThat(run.terminate().ended().exitCode()).isEqualTo(143);
    }

    @Test
    void a_collector_that_is_not_there_holds_no_pass_and_no_stop() {
        dcs.has(task("a").failed("x"));
        collector.close();
        long began = System.nanoTime();

        Ended sync = program.run("sync");

        assertThat(sync.exitCode()).as(sync.err()).isZero();
        assertThat(sync.out()).contains("prod: complete in", "alerts sent 1, pending 0");
        assertThat(sync.err().lines())
                .singleElement()
                .asString()
                .contains("traces cannot be sent to " + collector.url() + ": ConnectException. Passes");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
    }

    private static Received only(List<Received> spans) {
        assertThat(spans).hasSize(1);
        return spans.get(0);
    }
}
