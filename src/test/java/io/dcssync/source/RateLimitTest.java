package io.dcssync.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RateLimitTest {

    private static final Duration FOREVER = Duration.ofDays(1);

    @Test
    void requests_are_spaced_whoever_sends_them() throws Exception {
        RateLimit limit = new RateLimit(20);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        long start = System.nanoTime();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(CompletableFuture.runAsync(() -> times(5, limit), threads));
        }
        for (CompletableFuture<Void> one : all) {
            one.get(10, TimeUnit.SECONDS);
        }
        threads.shutdownNow();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(19 * 50));
    }

    @Test
    void time_in_which_nothing_was_sent_is_not_made_up_for() {
        RateLimit limit = new RateLimit(1_000_000);
        times(3, limit);
        assertThat(limit.slowTo(Duration.ofMillis(100))).isTrue();
        assertThat(limit.slowTo(Duration.ofMillis(50))).isFalse();

        limit.await(FOREVER);
        long start = System.nanoTime();
        times(2, limit);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(190));
    }

    @Test
    void a_stop_ends_all_waiting() {
        RateLimit limit = new RateLimit(1);
        limit.slowTo(Duration.ofHours(1));
        limit.await(FOREVER);
        CompletableFuture<Duration> waiting = CompletableFuture.supplyAsync(() -> limit.await(FOREVER));
        limit.stop();

        assertThat(waiting).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void an_hour_after_it_was_last_slowed_down_the_rate_is_the_configured_one_again() {
        AtomicLong now = new AtomicLong();
        RateLimit limit = new RateLimit(10, now::get);
        limit.slowTo(Duration.ofSeconds(60));
        now.addAndGet(Duration.ofMinutes(59).toNanos());
        limit.slowTo(Duration.ofSeconds(5));
        now.addAndGet(Duration.ofMinutes(59).toNanos());
        assertThat(limit.recover()).isFalse();
        limit.await(FOREVER);
        assertThat(limit.await(Duration.ZERO)).isEqualTo(Duration.ofSeconds(60));

        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(limit.recover()).isTrue();
        assertThat(limit.recover()).isFalse();
        limit.await(FOREVER);
        assertThat(limit.await(Duration.ZERO)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void who_cannot_wait_so_long_is_told_at_once_and_takes_no_turn() {
        RateLimit limit = new RateLimit(1);
        limit.slowTo(Duration.ofMinutes(30));
        limit.await(FOREVER);

        for (int i = 0; i < 3; i++) {
            assertThat(limit.await(Duration.ofMinutes(1))).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30));
        }
    }

    @Test
    void a_hold_holds_those_too_who_wait_already() {
        RateLimit limit = new RateLimit(5);
        limit.await(FOREVER);
        long start = System.nanoTime();
        CompletableFuture<Duration> waiting = CompletableFuture.supplyAsync(() -> limit.await(FOREVER));
        assertThat(limit.hold(Duration.ofMillis(600))).isGreaterThan(Duration.ofMillis(300));
        assertThat(limit.hold(Duration.ofMillis(100))).isZero();

        assertThat(waiting).succeedsWithin(Duration.ofSeconds(10));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(600));
    }

    private static void times(int times, RateLimit limit) {
        for (int i = 0; i < times; i++) {
            limit.await(FOREVER);
        }
    }
}
