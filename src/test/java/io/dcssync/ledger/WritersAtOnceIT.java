package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static io.dcssync.ledger.ListedTask.migrating;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Statements that meet: each waits for the fence, and what they find then is what was committed before. */
class WritersAtOnceIT {

    private static final String FENCE = "select from dcs.source for update";

    @AutoClose
    private final TestLedger ledger = new TestLedger(TestLedger.channel("ops"));

    private final ExecutorService writers = Executors.newFixedThreadPool(3);

    @AfterEach
    void stop() {
        writers.shutdownNow();
    }

    @Test
    void a_page_that_is_stored_twice_at_once_is_found_once() throws Exception {
        ledger.sees(migrating("known"));
        TestPass pass = ledger.opens("prod");
        ListedTask[] page = {failed("known", "x"), failed("new", "x"), migrating("other")};

        List<Future<Map<String, Object>>> stores;
        try (Holding fence = Holding.of(ledger.database(), FENCE)) {
            stores = IntStream.range(0, 3)
                    .mapToObj(i -> writers.submit(() -> pass.lists(page)))
                    .toList();
            fence.awaitWaiting(3);
        }

        for (Future<Map<String, Object>> store : stores) {
            assertThat(store.get()).isNotNull();
        }
        assertThat(ledger.transitions("known")).hasSize(2);
        assertThat(ledger.transitions("new")).hasSize(1);
        assertThat(ledger.versions("new")).hasSize(1);
        assertThat(ledger.alerts()).extracting(alert -> alert.get("task_id")).containsExactlyInAnyOrder("known", "new");
        assertThat(ledger.run(pass.run()))
                .containsEntry("inserted", 2)
                .containsEntry("changed", 1)
                .containsEntry("unchanged", 6)
                .containsEntry("transitions", 3);
    }

    @Test
    void a_page_that_comes_after_the_takeover_finds_the_fence_closed() throws Exception {
        TestPass slow = ledger.opens("prod");
        slow.dies();
        Future<Map<String, Object>> takeover;
        Future<Map<String, Object>> store;
        try (Holding fence = Holding.of(ledger.database(), FENCE)) {
            takeover = writers.submit(slow::isTakenOver);
            fence.awaitWaiting(1);
            store = writers.submit(() -> slow.lists(failed("a", "x")));
            fence.awaitWaiting(2);
        }
        assertThat(takeover.get()).isNotNull();
        assertThat(store.get()).isNull();
        assertThat(ledger.database().one("select count(*) from dcs.task")).isEqualTo(0L);
    }

    @Test
    void a_takeover_that_comes_after_the_page_finds_the_pass_alive() throws Exception {
        TestPass slow = ledger.opens("prod");
        slow.dies();
        Future<Map<String, Object>> store;
        Future<Map<String, Object>> takeover;
        try (Holding fence = Holding.of(ledger.database(), FENCE)) {
            store = writers.submit(() -> slow.lists(failed("a", "x")));
            fence.awaitWaiting(1);
            takeover = writers.submit(slow::isTakenOver);
            fence.awaitWaiting(2);
        }
        assertThat(store.get()).isNotNull();
        assertThat(takeover.get()).isNull();
        assertThat(slow.ends()).containsEntry("outcome", "complete").containsEntry("inserted", 1);
    }

    @Test
    void two_who_take_over_at_once_end_the_pass_once() throws Exception {
        TestPass dead = ledger.opens("prod");
        dead.lists(failed("a", "x"));
        dead.dies();
        List<Future<Map<String, Object>>> takeovers;
        try (Holding fence = Holding.of(ledger.database(), FENCE)) {
            takeovers = List.of(writers.submit(dead::isTakenOver), writers.submit(dead::isTakenOver));
            fence.awaitWaiting(2);
        }
        assertThat(List.of(given(takeovers.get(0)), given(takeovers.get(1)))).containsExactlyInAnyOrder(true, false);
        assertThat(ledger.claims("ops")).hasSize(1);
    }

    @Test
    void a_page_that_took_longer_than_the_lease_is_a_sign_of_life_too() throws Exception {
        ledger.sees(migrating("a"));
        TestPass slow = ledger.opens("prod").with("leaseSeconds", 0.001);
        slow.dies();
        Future<Map<String, Object>> store;
        Future<Map<String, Object>> takeover;
        try (Holding task = Holding.of(ledger.database(), "select from dcs.task for update")) {
            store = writers.submit(() -> slow.lists(failed("a", "x")));
            task.awaitWaiting(1);
            takeover = writers.submit(slow::isTakenOver);
            task.awaitWaiting(2);
        }
        assertThat(store.get()).isNotNull();
        assertThat(takeover.get()).isNull();
        slow.ends();
        assertThat(ledger.claims("ops")).hasSize(1);
    }

    @Test
    void what_a_page_found_that_was_given_up_and_stored_all_the_same_is_released_by_the_next_pass() throws Exception {
        ledger.sees(migrating("a"));
        TestPass cutOff = ledger.opens("prod");
        Future<Map<String, Object>> store;
        Future<Map<String, Object>> close;
        try (Holding task = Holding.of(ledger.database(), "select from dcs.task for update")) {
            store = writers.submit(() -> cutOff.lists(failed("a", "x")));
            task.awaitWaiting(1);
            close = writers.submit(() -> cutOff.ends("failed"));
            task.awaitWaiting(2);
        }
        assertThat(store.get()).isNotNull();
        assertThat(close.get()).isNotNull();
        ledger.sees(failed("a", "x"));
        assertThat(ledger.claims("ops")).hasSize(1);
    }

    @RepeatedTest(3)
    void passes_that_take_over_from_each_other_tell_of_each_failure_once() throws Exception {
        ListedTask[] page =
                IntStream.range(0, 200).mapToObj(i -> failed("task-" + i, "x")).toArray(ListedTask[]::new);
        TestPass first = ledger.opens("prod");

        Future<Map<String, Object>> store = writers.submit(() -> first.lists(page));
        Future<Map<String, Object>> takeover = writers.submit(() -> {
            first.dies();
            return first.isTakenOver();
        });
        boolean takenOver = given(takeover);
        given(store);
        TestPass second = takenOver ? ledger.opens("prod") : first;
        second.lists(page);
        second.ends();

        assertThat(ledger.database().one("select count(*) from dcs.transition")).isEqualTo(200L);
        assertThat(ledger.database().one("select count(*) from dcs.alert where not held"))
                .isEqualTo(200L);
    }

    private static boolean given(Future<Map<String, Object>> answer) throws InterruptedException, ExecutionException {
        return answer.get() != null;
    }
}
