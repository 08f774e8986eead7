package io.dcssync.source.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RenewableTest {

    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // wraps around at once
    private CredentialsUnavailable trouble;

    private final Renewable<String> token = new Renewable<>(
            () -> {
                int number = fetches.incrementAndGet();
                if (trouble != null) {
                    throw trouble;
                }
                return new Renewable.Fetched<>("T" + number, Duration.ofHours(24));
            },
            Duration.ofHours(1),
            now::get);

    @Test
    void it_is_fetched_once_and_again_ahead_of_its_end() throws Exception {
        assertThat(token.current()).isEqualTo("T1");
        pass(Duration.ofHours(23).minusSeconds(1));
        assertThat(token.current()).isEqualTo("T1");
        pass(Duration.ofSeconds(2));
        assertThat(token.current()).isEqualTo("T2");
    }

    @Test
    void while_it_is_good_a_failure_to_renew_it_ends_nothing_and_is_not_repeated_at_once() throws Exception {
        token.current();
        pass(Duration.ofHours(23).plusSeconds(1));
        trouble = new CredentialsUnavailable("no-token", "IAM is away", true);

        assertThat(token.current()).isEqualTo("T1");
        assertThat(token.current()).isEqualTo("T1");
        assertThat(fetches).hasValue(2);
        pass(Duration.ofMinutes(61));
        assertThatThrownBy(token::current).isSameAs(trouble);
    }

    @Test
    void one_that_was_refused_is_never_given_out_again_and_a_newer_one_stays() throws Exception {
        String first = token.current();
        token.forget(first);
        String second = token.current();
        token.forget(first);

        assertThat(second).isEqualTo("T2");
        assertThat(token.current()).isEqualTo("T2");
    }

    @Test
    void a_refusal_is_not_provoked_again_within_a_minute() throws Exception {
        trouble = new CredentialsUnavailable("no-token", "wrong password", false);
        assertThatThrownBy(token::current).isSameAs(trouble);
        assertThatThrownBy(token::current).isSameAs(trouble);
        assertThat(fetches).hasValue(1);

        trouble = null;
        pass(Duration.ofSeconds(61));
        assertThat(token.current()).isEqualTo("T2");
    }

    @Test
    void a_failure_that_may_pass_is_tried_again_by_who_comes_later() throws Exception {
        trouble = new CredentialsUnavailable("no-token", "IAM is away", true);
        assertThatThrownBy(token::current).isSameAs(trouble);
        trouble = null;

        assertThat(token.current()).isEqualTo("T2");
    }

    @Test
    void many_at_once_share_one_fetch() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        Renewable<String> slow = new Renewable<>(
                () -> {
                    fetches.incrementAndGet();
                    uninterrupted(answer);
                    return new Renewable.Fetched<>("T", Duration.ofHours(1));
                },
                Duration.ZERO,
                System::nanoTime);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<CompletableFuture<String>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(CompletableFuture.supplyAsync(() -> unchecked(slow), threads));
        }
        await().until(() -> fetches.get() == 1);
        answer.countDown();

        assertThat(all)
                .allSatisfy(one -> assertThat(one.get(5, TimeUnit.SECONDS)).isEqualTo("T"));
        assertThat(fetches).hasValue(1);
        threads.shutdownNow();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static String unchecked(Renewable<String> renewable) {
        try {
            return renewable.current();
        } catch (CredentialsUnavailable e) {
            throw new AssertionError(e);
        }
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
