package io.dcssync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheck.Result;
import org.apache.camel.health.HealthCheck.State;
import org.junit.jupiter.api.Test;

class SourceHealthCheckTest {

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void a_source_that_is_failing_is_up_and_tells_how_it_fares() {
        Result result = check("prod", answering(Duration.ZERO, () -> List.of(row("prod", "failed", 4L))));

        assertThat(result.getState()).isEqualTo(State.UP);
        assertThat(result.getMessage())
                .contains("last pass failed (timeout: no answer); failures in a row: 4; "
                        + "last complete pass at 2026-11-24T15:00:00Z, 90 s ago");
        assertThat(result.getDetails())
                .containsEntry("last_outcome", "failed")
                .containsEntry("failures_in_a_row", 4L)
                .doesNotContainKeys("source", "unset");
    }

    @Test
    void a_source_that_was_never_read_says_so() {
        Result result = check("new", answering(Duration.ZERO, () -> List.of(row("prod", "complete", 0L))));

        assertThat(result.getState()).isEqualTo(State.UP);
        assertThat(result.getMessage()).contains("not read yet");
    }

    @Test
    void a_source_without_a_complete_pass_says_so() {
        Map<String, Object> row = row("prod", "running", 0L);
        row.put("last_complete_at", null);

        assertThat(check("prod", answering(Duration.ZERO, () -> List.of(row))).getMessage())
                .contains("last pass running; failures in a row: 0; there was no complete pass yet");
    }

    @Test
    void one_answer_serves_all_sources_for_a_while() {
        Freshness held =
                answering(Duration.ofMinutes(1), () -> List.of(row("a", "complete", 0L), row("b", "complete", 0L)));
        check("a", held);
        check("b", held);
        assertThat(asked).hasValue(1);

        Freshness fresh = answering(Duration.ZERO, List::of);
        check("a", fresh);
        check("a", fresh);
        assertThat(asked).hasValue(3);
    }

    @Test
    void without_a_database_it_is_up_and_asks_no_more_often() {
        Freshness gone = answering(Duration.ofMinutes(1), () -> {
            throw new IllegalStateException("secret host");
        });

        Result first = check("a", gone);
        Result second = check("b", gone);

        assertThat(List.of(first, second)).allSatisfy(result -> {
            assertThat(result.getState()).isEqualTo(State.UP);
            assertThat(result.getMessage()).contains("not known at the moment");
        });
        assertThat(asked).hasValue(1);
    }

    private Freshness answering(Duration holds, Supplier<List<Map<String, Object>>> rows) {
        return new Freshness(
                () -> {
                    asked.incrementAndGet();
                    return rows.get();
                },
                holds);
    }

    private static Result check(String source, Freshness freshness) {
        return new SourceHealthCheck(source, freshness).call();
    }

    private static Map<String, Object> row(String source, String outcome, long failures) {
        Map<String, Object> row = new HashMap<>();
        row.put("source", source);
        row.put("last_outcome", outcome);
        row.put("failures_in_a_row", failures);
        row.put("last_error_code", outcome.equals("failed") ? "timeout" : null);
        row.put("last_error_message", outcome.equals("failed") ? "no answer" : null);
        row.put("last_complete_at", "2026-11-24T15:00:00Z");
        row.put("seconds_since_complete", 90L);
        row.put("unset", null);
        return row;
    }
}
