package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.source.Progress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HowFarTest {

    @Test
    void a_line_says_how_many_of_how_many_how_fast_and_how_long_it_still_takes() {
        assertThat(line(12_000, Optional.of(40_000L)))
                .isEqualTo("prod: 12,000 of about 40,000 tasks, 1,500/s, 19 s left");
        assertThat(line(12_000, Optional.of(1_000_000L))).endsWith("1,500/s, 10 min left");
    }

    @Test
    void a_count_that_is_not_known_or_cannot_be_right_is_left_out() {
        assertThat(line(12_000, Optional.empty())).isEqualTo("prod: 12,000 tasks, 1,500/s");
        assertThat(line(12_000, Optional.of(1_000L))).isEqualTo("prod: 12,000 tasks, 1,500/s");
    }

    @Test
    void nothing_is_left_when_all_is_there_and_nobody_knows_what_is_left_where_nothing_moves() {
        assertThat(line(12_000, Optional.of(12_000L))).isEqualTo("prod: 12,000 of about 12,000 tasks, 1,500/s");
        assertThat(HowFar.of(0, 40_000, Duration.ofSeconds(8))).isEqualTo("0 of about 40,000 tasks");
    }

    @Test
    void before_the_first_page_it_says_so() {
        assertThat(line(0, Optional.empty())).isEqualTo("prod: waiting for the first page");
    }

    @Test
    void it_is_not_wanted_where_logs_are_json_or_nobody_looks() {
        assertThat(ShownProgress.isWanted(Logging.Format.JSON)).isFalse();
        assertThat(ShownProgress.isWanted(Logging.Format.TEXT)).isFalse();
    }

    private static String line(int tasks, Optional<Long> count) {
        return HowFar.of(new Progress("prod", tasks, count, Duration.ofSeconds(8)));
    }
}
