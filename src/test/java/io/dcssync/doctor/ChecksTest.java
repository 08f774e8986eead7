package io.dcssync.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ChecksTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @AutoClose
    private final Checks checks = new Checks();

    @Test
    void what_is_found_comes_in_order() {
        assertThat(checks.begin(
                                tell -> {
                                    tell.accept(Finding.ok("a"));
                                    tell.accept(Finding.warn("b"));
                                },
                                LONG)
                        .join())
                .containsExactly(Finding.ok("a"), Finding.warn("b"));
    }

    @Test
    void a_check_that_hangs_fails_at_its_deadline_and_keeps_what_it_found() {
        assertThat(checks.begin(
                                tell -> {
                                    tell.accept(Finding.ok("a"));
                                    new CountDownLatch(1).await();
                                },
                                Duration.ofMillis(50))
                        .join())
                .containsExactly(Finding.ok("a"), Finding.fail("did not come to an end within 0 s"));
    }

    @Test
    void a_check_that_breaks_says_so_without_words_that_may_hold_a_secret() {
        assertThat(checks.begin(
                                tell -> {
                                    throw new IllegalStateException("https://hooks.example/T0K3N");
                                },
                                LONG)
                        .join())
                .containsExactly(Finding.fail("could not be checked: IllegalStateException"));
    }

    @Test
    void checks_are_made_side_by_side() {
        CountDownLatch both = new CountDownLatch(2);
        Check meeting = tell -> {
            both.countDown();
            both.await();
            tell.accept(Finding.ok("met"));
        };
        var one = checks.begin(meeting, LONG);
        var other = checks.begin(meeting, LONG);

        assertThat(one.join()).isEqualTo(other.join()).containsExactly(Finding.ok("met"));
    }
}
