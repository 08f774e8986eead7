package io.dcssync.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.config.GivenSettings;
import io.dcssync.config.Settings;
import io.dcssync.ledger.Pruner;
import java.lang.reflect.UndeclaredThrowableException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PruneLedgerTest extends RouteTest {

    private final Deque<Map<String, Object>> tasks = new ArrayDeque<>();
    private final Deque<Map<String, Object>> runs = new ArrayDeque<>();
    private boolean allowed = true;
    private int away;

    @Override
    List<String> files() {
        return List.of("prune-ledger");
    }

    @Override
    Settings settings() {
        return GivenSettings.of("retention.transitions = 30d", "retention.runs = 10d");
    }

    @Override
    protected void bindToRegistry(Registry registry) {
        super.bindToRegistry(registry);
        registry.bind("pruner", new Pruner(settings().retention()));
        ledger("may-prune", facts -> {
            if (away-- > 0) {
                throw new UndeclaredThrowableException(new SQLTransientConnectionException("no connection"));
            }
            return allowed;
        });
        ledger("prune-history", facts -> {
            if (tasks.peek() == null) {
                throw new IllegalStateException("no such table");
            }
            return given(tasks.poll());
        });
        ledger("prune-runs", facts -> given(runs.poll()));
    }

    @BeforeEach
    void the_timer_is_ours() throws Exception {
        AdviceWith.adviceWith(context, "prune-ledger", route -> route.replaceFromWith("direct:prune"));
    }

    @Test
    void it_goes_from_batch_to_batch_until_there_are_no_more() {
        tasks.add(Map.of("after_source", "prod", "after_task", "m", "transitions", 3L, "versions", 0L));
        tasks.add(Map.of("after_source", "prod", "after_task", "z", "transitions", 0L, "versions", 0L));
        tasks.add(Map.of());
        runs.add(Map.of("after_run", 12L, "runs", 2L));

        prune();

        assertThat(statements())
                .containsExactly(
                        "may-prune", "prune-history", "prune-history", "prune-history", "prune-runs", "prune-runs");
        assertThat(toldTo("prune-history"))
                .extracting(facts -> facts.get("afterTask"))
                .containsExactly("", "m", "z");
        assertThat(toldTo("prune-history").get(0))
                .containsEntry("transitionsSeconds", 2_592_000.0)
                .containsEntry("versionsSeconds", null);
        assertThat(toldTo("prune-runs"))
                .extracting(facts -> facts.get("afterRun"))
                .containsExactly(0L, 12L);
        assertThat(log.list)
                .anyMatch(event -> event.getFormattedMessage().contains("transitions 3, versions 0, passes 2"));
    }

    @Test
    void without_the_right_it_asks_for_nothing_and_says_once_whose_it_is() {
        allowed = false;

        prune();
        prune();

        assertThat(statements()).containsExactly("may-prune", "may-prune");
        assertThat(log.list)
                .filteredOn(event -> event.getFormattedMessage().contains("left to the owner"))
                .hasSize(1);
        assertThat(warnings()).isEmpty();
    }

    @Test
    void a_batch_that_fails_is_told_and_waits_for_the_next_day() {
        prune();

        assertThat(statements()).containsExactly("may-prune", "prune-history");
        assertThat(warnings()).contains("could not all be forgotten", "no such table");
    }

    @Test
    void a_database_that_is_away_is_told_once_and_waited_for() {
        away = 2;

        prune();

        assertThat(statements()).containsExactly("may-prune", "may-prune", "may-prune", "prune-history");
        assertThat(warnings()).containsOnlyOnce("the database gives no connection");
    }

    private void prune() {
        assertThat(template.send("direct:prune", exchange -> {}).getException()).isNull();
    }

    /** An empty row stands for none. */
    private static Map<String, Object> given(Map<String, Object> row) {
        return row == null || row.isEmpty() ? null : row;
    }
}
