package io.dcssync.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

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
        Logger logger = (Logger) LoggerFactory.getLogger(Checks.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        logger.setLevel(Level.DEBUG);
        logger.addAppender(log);
        log.start();
        assertThat(checks.begin(
                                tell -> {
                                    throw new IllegalStateException("https://hooks.example/T0K3N");
                                },
                                LONG)
                        .join())
                .containsExactly(Finding.fail("could not be checked: IllegalStateException; --verbose says more"));
        logger.detachAppender(log);
        logger.setLevel(null);
        assertThat(log.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("java.lang.IllegalStateException\n\tat io.dcssync.doctor.ChecksTest")
                .doesNotContain("T0K3N");
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
