package io.dcssync.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorAnswerTest {

    @Test
    void the_id_of_the_request_is_bounded_and_can_be_printed() {
        assertThat(ErrorAnswer.of("busy".getBytes(UTF_8), "r-1\u001b[31m\u202er\u00e9\u2028")
                        .words())
                .isEqualTo("busy (request r-1 [31m r)");
        assertThat(ErrorAnswer.of("busy".getBytes(UTF_8), "x".repeat(5000)).words())
                .isEqualTo("busy (request " + "x".repeat(100) + "…)");
        assertThat(ErrorAnswer.of("busy".getBytes(UTF_8), " \t").words()).isEqualTo("busy");
    }

    @Test
    void what_turns_text_around_or_ends_a_line_is_taken_out_of_words() {
        assertThat(ErrorAnswer.piece("a\u202eb\u2029c\u0000d".getBytes(UTF_8))).isEqualTo("a b c d");
    }
}
