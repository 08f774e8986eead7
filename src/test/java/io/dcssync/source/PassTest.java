package io.dcssync.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dcssync.config.GivenSettings;
import io.dcssync.config.SourceSettings;
import io.dcssync.source.auth.CredentialsUnavailable;
import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassTest {

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor();

    private final UnusableAnswer passing = new UnusableAnswer("http-503", "HTTP 503", true);
    private final UnusableAnswer lasting = new UnusableAnswer("http-404", "HTTP 404", false);

    @AfterAll
    static void end_the_timer() {
        TIMER.shutdownNow();
    }

    @Test
    void the_list_is_asked_for_below_the_endpoint() {
        assertThat(pass("").listUri()).isEqualTo("http://dcs/v2/p1/migration-tasks");
        assertThat(pass("source.prod.endpoint = http://gateway/dcs/").listUri())
                .isEqualTo("http://gateway/dcs/v2/p1/migration-tasks");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "shop, shop",
        "two words, two%20words",
        "a&limit=1#x, a%26limit%3D1%23x",
        "50% + more, 50%25%20%2B%20more",
        "名前, %E5%90%8D%E5%89%8D",
        "a~b-c_d.e, a%7Eb-c_d.e",
        "'${header.x}', %24%7Bheader.x%7D",
    })
    void the_name_filter_is_part_of_the_query(String filter, String encoded) {
        assertThat(pass("source.prod.name-filter = " + filter).query())
                .isEqualTo("offset=0&limit=1000&name=" + encoded);
    }

    @Test
    void without_a_filter_the_query_has_place_and_size_only() {
        Pass pass = opened("source.prod.page-size = 2\nsource.prod.page-overlap = 1");
        assertThat(pass.query()).isEqualTo("offset=0&limit=2");

        accept(pass, "a", "b");

        assertThat(pass.query()).isEqualTo("offset=1&limit=2");
    }

    @Test
    void requests_and_retries_are_counted() {
        Pass pass = opened("source.prod.page-size = 1\nsource.prod.page-overlap = 0");
        ask(pass);
        ask(pass);
        ask(pass);
        assertThat(pass.asking().triesOfPage()).isEqualTo(3);

        Map<String, Object> stored = accept(pass, "a");
        assertThat(stored).containsEntry("requests", 3).containsEntry("retries", 2);
        assertThat(pass.asking().triesOfPage()).isZero();

        ask(pass);
        assertThat(pass.toClose()).containsEntry("requests", 4).containsEntry("retries", 2);
    }

    @Test
    void a_page_is_asked_for_again_as_often_as_configured() {
        Pass pass = opened("source.prod.max-attempts = 2");

        ask(pass);
        assertThat(mayAskAgain(pass, passing)).isTrue();
        assertThat(mayAskAgain(pass, lasting)).isFalse();
        ask(pass);
        assertThat(mayAskAgain(pass, passing)).isFalse();
    }

    @Test
    void a_page_is_not_asked_for_again_where_the_wait_would_outlast_the_pass() {
        Pass pass = opened("");
        ask(pass);

        assertThat(mayAskAgain(pass, waiting(Duration.ofMinutes(29)))).isTrue();
        assertThat(mayAskAgain(pass, waiting(Duration.ofMinutes(31)))).isFalse();
        assertThat(mayAskAgain(pass, waiting(Duration.ofSeconds(999_999_999)))).isFalse();
    }

    @Test
    void a_pass_whose_next_turn_comes_after_its_end_ends_at_once() {
        Pass pass = opened("");
        ask(pass);
        pass.asking().failed(waiting(Duration.ofMinutes(31)));

        assertThatThrownBy(pass::getReady).satisfies(pass.asking()::failed).satisfies(pass::fail);
        assertThat(pass.isToAskAgain()).isFalse();
        assertThat(pass.toClose())
                .containsEntry("outcome", "failed")
                .containsEntry("errorCode", "max-duration")
                .containsEntry("requests", 1);
    }

    @Test
    void a_whole_pass_is_complete_with_the_ids_it_has_seen() {
        Pass pass = opened("source.prod.page-size = 2\nsource.prod.page-overlap = 1");
        accept(pass, "a", "b");
        accept(pass, "b");

        assertThat(pass.goesOn()).isFalse();
        assertThat(pass.toClose())
                .containsEntry("source", "prod")
                .containsEntry("run", 7L)
                .containsEntry("outcome", "complete")
                .containsEntry("errorCode", null)
                .containsEntry("takeover", false)
                .containsEntry("acceptMissing", false)
                .containsEntry("reportedCount", 2L);
        assertThat(seen(pass)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void each_page_says_when_it_was_asked_for_by_the_clock_of_the_ledger() {
        Pass pass = opened("source.prod.page-size = 1\nsource.prod.page-overlap = 0");

        ask(pass);
        Map<String, Object> first = accept(pass, "a");
        // the second is asked for before the first is stored
        ask(pass);
        pass.storedAs(Map.of("stored_at", "T1"));
        Map<String, Object> second = accept(pass, "b");
        ask(pass);
        Map<String, Object> third = accept(pass, "c");

        assertThat(List.of(first, second, third))
                .extracting(page -> page.get("requestedAt"))
                .containsExactly("T0", "T0", "T1");
    }

    @Test
    void what_is_less_than_a_page_full_is_stored_when_no_more_comes() {
        Pass pass = opened("source.prod.page-size = 3\nsource.prod.page-overlap = 1");
        assertThat(accept(pass, "a")).isEmpty();

        pass.fail(new IOException("reset"));

        assertThat(pass.isStoreDue()).isTrue();
        assertThat(pass.toStore()).containsEntry("tasks", "[{\"task_id\":\"a\"}]");
        assertThat(pass.isStoreDue()).isFalse();
    }

    @Test
    void what_is_news_waits_for_the_next_page_to_come_and_no_longer_than_a_few_seconds() throws Exception {
        Pass pass = opened("source.prod.page-size = 3\nsource.prod.page-overlap = 1");
        accept(pass, "a");

        pass.pageEnded();
        pass.awaitPage();
        assertThat(pass.isStoreDue()).as("it came").isFalse();

        pass.awaitPage();
        assertThat(pass.isStoreDue()).as("it does not come").isTrue();
    }

    @Test
    void nothing_more_is_taken_once_a_page_could_not_be_stored() {
        Pass pass = opened("source.prod.page-size = 1\nsource.prod.page-overlap = 0");
        accept(pass, "a");

        pass.notStored(new SQLException("disk full"));

        assertThat(accept(pass, "b")).isEmpty();
        assertThat(pass.goesOn()).isFalse();
        assertThat(pass.toClose()).containsEntry("outcome", "failed").containsEntry("errorCode", "database");
    }

    @Test
    void a_pass_whose_last_page_could_not_be_stored_is_not_whole_though_the_program_stops() {
        Pass pass = opened("");
        accept(pass, "a");
        accept(pass);
        pass.toStore();

        pass.stop();
        pass.notStored(new SQLException("disk full"));

        assertThat(pass.toClose()).containsEntry("outcome", "failed").containsEntry("errorCode", "database");
    }

    @Test
    void a_page_that_could_not_be_stored_is_the_reason_even_if_the_next_one_could_not_be_had_either() {
        Pass pass = opened("source.prod.page-size = 1\nsource.prod.page-overlap = 0");
        accept(pass, "a");

        pass.notStored(new SQLException("disk full"));
        pass.fail(new IOException("reset"));

        assertThat(pass.toClose()).containsEntry("errorCode", "database");
    }

    @Test
    void a_page_that_is_not_asked_for_any_more_says_nothing_of_the_endpoint() {
        Access access = access(source(""));
        Pass other = pass(source(""), access);
        for (int i = 0; i < 19; i++) {
            other.asking().failed(new ConnectException("refused"));
        }
        Pass ended = pass(source(""), access);
        ended.notStored(new SQLException("disk full"));

        assertThatThrownBy(ended::getReady).satisfies(ended.asking()::failed);

        other.asking().failed(new ConnectException("refused"));
        assertThatThrownBy(other::getReady).isInstanceOf(EndpointResting.class);
    }

    @Test
    void rejected_and_filtered_entries_belong_to_the_list_too() {
        Pass pass = opened("source.prod.page-size = 2\nsource.prod.name-filter = shop");
        List<CheckedEntry> entries = List.of(
                task("a", "my shop"),
                task("b", "Shop"),
                task("c", null),
                new CheckedEntry.Rejected("f", "no task_id", "{}"));
        Map<String, Object> facts = accept(pass, Optional.of(4L), entries);
        accept(pass, Optional.of(4L), entries.subList(1, 4));

        assertThat(facts)
                .containsEntry("tasks", "[{\"task_id\":\"a\"}]")
                .containsEntry("rejected", "[{\"fingerprint\":\"f\",\"reason\":\"no task_id\",\"raw\":\"{}\"}]")
                .containsEntry("duplicates", 0);
        assertThat(pass.toClose()).containsEntry("outcome", "complete").containsEntry("filter", "shop");
    }

    @Test
    void a_pass_that_takes_too_long_ends_as_failed() throws Exception {
        Pass pass = pass(source(""), Duration.ofMillis(1));
        open(pass);
        await().until(pass::isOverdue);

        assertThat(mayAskAgain(pass, passing)).isFalse();
        assertThat(pass.goesOn()).isFalse();
        assertThat(pass.toClose()).containsEntry("outcome", "failed").containsEntry("errorCode", "max-duration");
    }

    @Test
    void a_walk_that_ended_in_time_stays_whole_however_late_it_is_closed() throws Exception {
        Pass pass = pass(source(""), Duration.ofMillis(50));
        open(pass);
        accept(pass);
        await().until(pass::isOverdue);

        assertThat(pass.goesOn()).isFalse();
        assertThat(pass.toClose()).containsEntry("outcome", "complete");
    }

    @Test
    void a_failure_ends_the_pass_with_its_reason() {
        Pass pass = opened("");
        accept(pass, "a");
        pass.fail(lasting);

        assertThat(pass.goesOn()).isFalse();
        assertThat(pass.failure()).contains("HTTP 404");
        assertThat(pass.toClose())
                .containsEntry("outcome", "failed")
                .containsEntry("errorCode", "http-404")
                .containsEntry("errorMessage", "HTTP 404");
    }

    @Test
    void a_message_of_a_failure_can_be_stored() {
        Pass pass = opened("");
        pass.fail(new IllegalStateException("a\u0000b"));

        assertThat((String) pass.toClose().get("errorMessage")).endsWith("a\uFFFDb");
    }

    @Test
    void a_stop_ends_the_pass_without_a_verdict() {
        Pass pass = opened("");
        accept(pass, "a");
        pass.stop();
        pass.fail(new IOException("request cut short"));

        assertThat(pass.goesOn()).isFalse();
        assertThat(mayAskAgain(pass, passing)).isFalse();
        assertThat(pass.failure()).isEmpty();
        assertThat(pass.toClose()).containsEntry("outcome", "abandoned").containsEntry("errorCode", "stopped");
    }

    @Test
    void a_stop_after_the_walk_takes_nothing_from_its_verdict() {
        Pass pass = opened("");
        accept(pass);
        pass.stop();

        assertThat(pass.toClose()).containsEntry("outcome", "complete");
    }

    @Test
    void a_pass_that_was_taken_over_goes_no_further() {
        Pass pass = opened("");
        accept(pass, "a");
        pass.storedAs(null);

        assertThat(pass.isLost()).isTrue();
        assertThat(pass.goesOn()).isFalse();
        assertThat(mayAskAgain(pass, passing)).isFalse();
    }

    @Test
    void a_pass_that_was_taken_over_at_its_end_has_no_row() {
        Pass pass = opened("");
        accept(pass);
        pass.closedAs(null);

        assertThat(pass.isLost()).isTrue();
        assertThat(pass.closed()).isEmpty();
    }

    @Test
    void a_live_pass_elsewhere_keeps_the_source_busy() {
        Pass pass = pass("");
        pass.openedAs(held(false));

        assertThat(pass.isOpened()).isFalse();
        assertThat(pass.isBusy()).isTrue();
        assertThat(pass.isHolderDead()).isFalse();
        assertThat(pass.holder()).isEqualTo("pass 5 of host:1");
    }

    @Test
    void a_dead_pass_is_ended_as_abandoned_and_sees_nothing() {
        Pass pass = pass("");
        pass.openedAs(held(true));

        assertThat(pass.isBusy()).as("until it is ended").isTrue();
        assertThat(pass.isHolderDead()).isTrue();
        assertThat(pass.toTakeOver())
                .containsEntry("run", 5L)
                .containsEntry("takeover", true)
                .containsEntry("outcome", "abandoned")
                .containsEntry("errorCode", "taken-over")
                .containsEntry("seen", "[]");
    }

    @Test
    void a_source_of_another_project_is_refused_and_told_which() {
        Pass pass = pass("");
        Map<String, Object> row = new HashMap<>(held(true));
        row.put("project_id", "p2");
        pass.openedAs(row);

        assertThat(pass.isOpened()).isFalse();
        assertThat(pass.isBusy()).isFalse();
        assertThat(pass.isHolderDead()).isFalse();
        assertThat(pass.goesOn()).isFalse();
        assertThat(pass.failure().orElseThrow()).contains("project p2").contains("project p1");
    }

    private static Throwable waiting(Duration time) {
        return new UnusableAnswer("http-429", "HTTP 429", true, Optional.of(time), Optional.empty());
    }

    private static Map<String, Object> held(boolean expired) {
        return Map.of("project_id", "p1", "holder_run", 5L, "holder_node", "host:1", "expired", expired);
    }

    private static Pass pass(String lines) {
        return pass(source(lines), Duration.ofMinutes(30));
    }

    private static Pass pass(SourceSettings source, Duration maxDuration) {
        return new Pass(source, access(source), "test", false, maxDuration, Holdings.NONE);
    }

    private static Pass pass(SourceSettings source, Access access) {
        return new Pass(source, access, "test", false, Duration.ofMinutes(30), Holdings.NONE);
    }

    private static Access access(SourceSettings source) {
        return new Accesses(List.of(source), TIMER, Clock.systemUTC())
                .bySource()
                .get("prod");
    }

    private static boolean mayAskAgain(Pass pass, Throwable thrown) {
        pass.asking().failed(thrown);
        return pass.isToAskAgain();
    }

    private static void ask(Pass pass) {
        try {
            pass.getReady();
        } catch (CredentialsUnavailable | EndpointResting | TurnTooLate e) {
            throw new AssertionError(e);
        }
    }

    private static Pass opened(String lines) {
        return open(pass(lines));
    }

    private static Pass open(Pass pass) {
        pass.openedAs(Map.of("run_id", 7L, "started_at", "T0", "project_id", "p1"));
        return pass;
    }

    private static SourceSettings source(String lines) {
        return GivenSettings.source("http://dcs", "source.prod.rate-limit = 1000", lines)
                .sources()
                .get(0);
    }

    private static Map<String, Object> accept(Pass pass, String... ids) {
        List<CheckedEntry> entries =
                Arrays.stream(ids).map(id -> (CheckedEntry) task(id, id)).toList();
        return accept(pass, Optional.of(2L).filter(count -> ids.length > 0), entries);
    }

    private static Map<String, Object> accept(Pass pass, Optional<Long> count, List<CheckedEntry> entries) {
        List<JsonNode> listed = Collections.nCopies(entries.size(), JsonNodeFactory.instance.nullNode());
        pass.receive(ListedPage.of(listed, count), entries);
        pass.accept();
        return pass.isStoreDue() ? pass.toStore() : Map.of();
    }

    private static CheckedEntry.Task task(String id, String name) {
        return new CheckedEntry.Task(
                id,
                name,
                JsonNodeFactory.instance.objectNode().put("task_id", id).toString());
    }

    private static List<String> seen(Pass pass) {
        return List.of(((String) pass.toClose().get("seen"))
                .replaceAll("[\\[\\]\"]", "")
                .split(","));
    }
}
