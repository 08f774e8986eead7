package io.dcssync.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RateLimitTest {

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

        limit.await();
        long start = System.nanoTime();
        times(2, limit);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(190));
    }

    @Test
    void a_stop_ends_all_waiting() {
        RateLimit limit = new RateLimit(1);
        limit.slowTo(Duration.ofHours(1));
        limit.await();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(limit::await);
        limit.stop();

        assertThat(waiting).succeedsWithin(Duration.ofSeconds(5));
    }

    private static void times(int times, RateLimit limit) {
        for (int i = 0; i < times; i++) {
            limit.await();
        }
    }
}
