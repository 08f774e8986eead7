package io.dcssync.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskAgainTest {

    private final AskAgain askAgain = new AskAgain(Duration.ofSeconds(1));

    @ParameterizedTest(name = "after try {0}")
    @CsvSource({"1, 1000", "2, 2000", "3, 4000", "4, 8000", "5, 16000", "6, 30000", "40, 30000", "2147483647, 30000"})
    void the_pause_doubles_up_to_half_a_minute(int tries, long millis) {
        assertThat(askAgain.pause(tries, 0.5)).hasMillis(millis);
    }

    @Test
    void a_quarter_of_jitter_lies_either_way() {
        assertThat(askAgain.pause(2, 0)).hasMillis(1500);
        assertThat(askAgain.pause(2, 0.9999)).isBetween(Duration.ofMillis(2499), Duration.ofMillis(2500));
    }

    @Test
    void the_longest_pause_is_never_exceeded() {
        assertThat(new AskAgain(Duration.ofSeconds(30)).pause(1, 0.9999)).hasSeconds(30);
    }
}
