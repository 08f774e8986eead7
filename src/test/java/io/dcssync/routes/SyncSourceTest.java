package io.dcssync.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dcssync.config.GivenSettings;
import io.dcssync.config.Settings;
import io.dcssync.source.ListedPage;
import io.dcssync.source.Pass;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pass from opening its run to closing it; pages come from the test instead of an endpoint. */
@Timeout(30)
class SyncSourceTest extends RouteTest {

    private final Settings settings = GivenSettings.source(
            "http://dcs", "source.prod.page-size = 2", "source.prod.page-overlap = 1", "sync.lease = 3s");
    private final Queue<Processor> pages = new ArrayDeque<>();

    @Override
    List<String> files() {
        return List.of("sync-now", "sync-source", "open-run", "check-page", "store-page", "close-run", "keep-leases");
    }

    @Override
    Settings settings() {
        return settings;
    }

    @Override
    void neighbours(RouteBuilder routes) {
        routes.from("direct:fetch-page").process(exchange -> pages.remove().process(exchange));
    }

    @BeforeEach
    void a_ledger_without_other_passes() {
        ledger("open-run", facts -> Map.of("run_id", 7L, "started_at", "T0", "project_id", "p1"));
        ledger("store-page", facts -> Map.of("stored_at", "T1"));
        ledger("close-run", facts -> Map.of("outcome", facts.get("outcome")));
        ledger("extend-leases", facts -> List.of());
    }

    @Test
    void a_walk_that_ends_closes_the_run_with_its_verdict_and_the_ids_seen() {
        pages.add(page("a", "b"));
        pages.add(page("b", "c"));
        pages.add(page("c"));
        Pass pass = sync();

        assertThat(statements())
                .filteredOn(name -> !name.equals("extend-leases"))
                .containsExactly("open-run", "store-page", "store-page", "close-run");
        assertThat(toldTo("open-run").get(0))
                .containsEntry("source", "prod")
                .containsEntry("project", "p1")
                .containsEntry("trigger", "sync");
        assertThat(toldTo("store-page"))
                .extracting(facts -> facts.get("tasks"))
                .containsExactly("[{\"task_id\":\"a\"},{\"task_id\":\"b\"}]", "[{\"task_id\":\"c\"}]");
        assertThat(closing())
                .containsEntry("outcome", "complete")
                .containsEntry("takeover", false)
                .containsEntry("acceptMissing", false)
                // the last page brought nothing new: its counts come with the end
                .containsEntry("pages", 1)
                .containsEntry("duplicates", 1);
        assertThat((String) closing().get("seen"))
                .contains("\"a\"", "\"b\"", "\"c\"")
                .hasSize(13);
        assertThat(pass.closed().orElseThrow().row()).containsEntry("outcome", "complete");
    }

    @Test
    void a_list_without_tasks_is_whole_too() {
        pages.add(page());
        sync();

        assertThat(closing()).containsEntry("outcome", "complete").containsEntry("seen", "[]");
    }

    @Test
    void a_failure_in_mid_pass_closes_the_run_as_failed_with_the_reason() {
        pages.add(page("a", "b"));
        pages.add(failure(new IOException("reset")));
        Pass pass = sync();

        assertThat(closing())
                .containsEntry("outcome", "failed")
                .containsEntry("errorCode", "cut-off")
                .containsEntry("run", 7L);
        assertThat((String) closing().get("errorMessage")).contains("reset");
        assertThat(pass.closed().orElseThrow().row()).containsEntry("outcome", "failed");
    }

    @Test
    void a_page_that_cannot_be_stored_closes_the_run_as_failed() {
        pages.add(page("a", "b"));
        pages.add(page("b"));
        ledger("store-page", facts -> {
            throw new IllegalStateException(new SQLException("disk full"));
        });
        sync();

        assertThat(closing()).containsEntry("outcome", "failed").containsEntry("errorCode", "database");
    }

    @Test
    void the_next_page_is_asked_for_while_one_is_stored() {
        AtomicInteger asked = new AtomicInteger();
        pages.add(page("a", "b"));
        pages.add(exchange -> {
            asked.incrementAndGet();
            page("b", "c").process(exchange);
        });
        pages.add(page("c"));
        ledger("store-page", facts -> {
            await().until(() -> asked.get() > 0);
            return Map.of("stored_at", "T1");
        });
        sync();

        assertThat(toldTo("store-page"))
                .extracting(facts -> facts.get("tasks"))
                .containsExactly("[{\"task_id\":\"a\"},{\"task_id\":\"b\"}]", "[{\"task_id\":\"c\"}]");
        assertThat(closing()).containsEntry("outcome", "complete");
    }

    @Test
    void a_page_that_came_while_the_one_before_could_not_be_stored_is_not_stored_either() {
        pages.add(page("a", "b"));
        pages.add(page("b", "c"));
        ledger("store-page", facts -> {
            throw new IllegalStateException(new SQLException("disk full"));
        });
        sync();

        assertThat(toldTo("store-page")).hasSize(1);
        assertThat(closing()).containsEntry("outcome", "failed").containsEntry("errorCode", "database");
    }

    @Test
    void a_pass_that_was_taken_over_writes_nothing_more() {
        pages.add(page("a", "b"));
        pages.add(page("b", "c"));
        ledger("store-page", facts -> null);
        Pass pass = sync();

        assertThat(statements())
                .filteredOn(name -> !name.equals("extend-leases"))
                .containsExactly("open-run", "store-page");
        assertThat(pass.isLost()).isTrue();
        assertThat(pass.closed()).isEmpty();
    }

    @Test
    void a_pass_that_was_taken_over_before_its_closing_has_no_row() {
        pages.add(page());
        ledger("close-run", facts -> null);

        assertThat(sync().closed()).isEmpty();
    }

    @Test
    void a_source_of_another_project_is_not_asked() {
        ledger("open-run", facts -> row(null, "p2", null, null, false));
        Pass pass = sync();

        assertThat(statements()).containsExactly("open-run");
        assertThat(pass.failure().orElseThrow()).contains("p2");
    }

    @Test
    void a_busy_source_is_not_asked_until_the_other_pass_has_ended() {
        AtomicInteger asked = new AtomicInteger();
        pages.add(page());
        ledger(
                "open-run",
                facts -> asked.incrementAndGet() < 3
                        ? row(null, "p1", 5L, "host:1", false)
                        : row(7L, "p1", null, null, false));
        Pass pass = sync();

        assertThat(statements())
                .filteredOn(name -> !name.equals("extend-leases"))
                .containsExactly("open-run", "open-run", "open-run", "close-run");
        assertThat(pass.closed().orElseThrow().row()).containsEntry("outcome", "complete");
    }

    @Test
    void a_tick_that_finds_a_busy_source_leaves_it_alone() {
        ledger("open-run", facts -> row(null, "p1", 5L, "host:1", false));
        Pass pass =
                passOf(send("sync-source", Map.of("source", "prod", "trigger", "schedule", "acceptMissing", false)));

        assertThat(pass.isBusy()).isTrue();
        assertThat(statements()).containsExactly("open-run");
        assertThat(passes.live()).containsEntry("runs", "[]");
    }

    @Test
    void a_dead_holder_is_ended_first() {
        AtomicInteger asked = new AtomicInteger();
        pages.add(page());
        ledger(
                "open-run",
                facts -> asked.incrementAndGet() == 1
                        ? row(null, "p1", 5L, "host:1", true)
                        : row(7L, "p1", null, null, false));
        sync();

        assertThat(statements())
                .filteredOn(name -> !name.equals("extend-leases"))
                .containsExactly("open-run", "close-run", "open-run", "close-run");
        assertThat(closing(0))
                .containsEntry("run", 5L)
                .containsEntry("takeover", true)
                .containsEntry("outcome", "abandoned")
                .containsEntry("seen", "[]");
        assertThat(closing(1)).containsEntry("run", 7L).containsEntry("takeover", false);
    }

    @Test
    void a_holder_that_came_back_to_life_keeps_the_source() {
        AtomicInteger asked = new AtomicInteger();
        ledger("open-run", facts -> row(null, "p1", 5L, "host:1", asked.incrementAndGet() == 1));
        ledger("close-run", facts -> null);
        Pass pass =
                passOf(send("sync-source", Map.of("source", "prod", "trigger", "schedule", "acceptMissing", false)));

        assertThat(pass.isBusy()).isTrue();
        assertThat(statements()).containsExactly("open-run", "close-run", "open-run");
    }

    @Test
    void a_stop_in_mid_pass_abandons_the_run() {
        pages.add(page("a", "b"));
        pages.add(exchange -> {
            passes.stopAll();
            throw new IOException("request cut short");
        });
        sync();

        assertThat(closing()).containsEntry("outcome", "abandoned").containsEntry("errorCode", "stopped");
    }

    @Test
    void a_stop_between_pages_abandons_the_run_after_storing_the_page() {
        pages.add(exchange -> {
            page("a", "b").process(exchange);
            passes.stopAll();
        });
        sync();

        assertThat(toldTo("store-page")).hasSize(1);
        assertThat(closing()).containsEntry("outcome", "abandoned").containsEntry("errorCode", "stopped");
    }

    @Test
    void a_pass_that_is_allowed_to_says_that_tasks_are_missing() {
        pages.add(page());
        send("sync-now", Map.of("source", "prod", "acceptMissing", true));

        assertThat(closing()).containsEntry("acceptMissing", true);
    }

    @Test
    void a_ledger_that_fails_at_the_opening_is_the_callers_to_know() {
        ledger("open-run", facts -> {
            throw new IllegalStateException("no connection");
        });
        Exchange done = send("sync-now", Map.of("source", "prod", "acceptMissing", false));

        assertThat(done.getException()).hasMessageContaining("no connection");
        assertThat(passes.live()).containsEntry("runs", "[]");
    }

    @Test
    void leases_are_kept_while_a_pass_is_under_way_and_only_then() throws Exception {
        await().during(Duration.ofMillis(300))
                .until(() -> toldTo("extend-leases").isEmpty());

        pages.add(exchange -> {
            await().until(() -> toldTo("extend-leases").size() > 1);
            page().process(exchange);
        });
        sync();
        assertThat(toldTo("extend-leases"))
                .allSatisfy(facts -> assertThat(facts).isEqualTo(Map.of("runs", "[7]")));

        // once the last beat is over, no more are told
        AtomicInteger told = new AtomicInteger(-1);
        await().during(Duration.ofMillis(300))
                .until(() -> toldTo("extend-leases").size()
                        == told.getAndSet(toldTo("extend-leases").size()));
    }

    @Test
    void a_pass_that_would_begin_while_the_program_stops_leaves_no_trace() {
        passes.stopAll();
        Pass pass = sync();

        assertThat(statements()).doesNotContain("open-run", "close-run");
        assertThat(pass.isWanting()).isFalse();
        assertThat(pass.summary()).isEqualTo("not begun, the program stops");
    }

    private Pass sync() {
        Exchange done = send("sync-now", Map.of("source", "prod", "acceptMissing", false));
        assertThat(done.getException()).isNull();
        return passOf(done);
    }

    private Map<String, Object> closing() {
        assertThat(toldTo("close-run")).hasSize(1);
        return closing(0);
    }

    private Map<String, Object> closing(int which) {
        return toldTo("close-run").get(which);
    }

    private static Map<String, Object> row(Long run, String project, Long holder, String node, boolean expired) {
        Map<String, Object> row = new HashMap<>();
        row.put("run_id", run);
        row.put("started_at", "T0");
        row.put("project_id", project);
        row.put("holder_run", holder);
        row.put("holder_node", node);
        row.put("expired", expired);
        return row;
    }

    private static Processor page(String... ids) {
        List<JsonNode> entries = new ArrayList<>();
        for (String id : ids) {
            entries.add(JsonNodeFactory.instance.objectNode().put("task_id", id));
        }
        return exchange -> exchange.setVariable("page", ListedPage.of(entries, Optional.empty()));
    }

    private static Processor failure(Exception failure) {
        return exchange -> {
            throw failure;
        };
    }
}
