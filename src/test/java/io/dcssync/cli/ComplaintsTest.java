package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComplaintsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nb",
                "a\u001b[b", // begins a terminal's command
                "a\u009bb", // so does this
                "a\u0085b", // next line
                "a\u2028b", // line separator
                "a\u202eb", // right to left from here on
            })
    void a_text_from_outside_cannot_break_a_line_or_command_a_terminal(String text) {
        assertThat(Complaints.oneLine(text)).matches("a \\[?b");
    }
}
