package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalLinesTest {

    private static final String TWO_UP_AND_ERASE = "\033[2A\033[J";
    private static final String ONE_UP_AND_ERASE = "\033[1A\033[J";

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final TerminalLines lines = new TerminalLines(new PrintStream(screen, true, StandardCharsets.UTF_8));
    private final PrintStream err = new PrintStream(lines, true, StandardCharsets.UTF_8);

    @Test
    void lines_are_rewritten_in_place_and_never_wrap() {
        lines.show(List.of("a", "b"));
        lines.show(List.of("c"));

        assertThat(written())
                .isEqualTo("\033[?7la\033[?7h\n\033[?7lb\033[?7h\n" + TWO_UP_AND_ERASE + "\033[?7lc\033[?7h\n");
    }

    @Test
    void what_is_written_in_between_takes_their_place_and_they_come_back_below() {
        lines.show(List.of("a"));
        screen.reset();

        err.println("WARN  odd");
        assertThat(written()).isEqualTo(ONE_UP_AND_ERASE + "WARN  odd\n");

        lines.show(List.of("a"));
        assertThat(written()).endsWith("WARN  odd\n\033[?7la\033[?7h\n");
    }

    @Test
    void a_line_that_is_not_ended_is_not_broken_into() {
        err.print("half a ");
        lines.show(List.of("a"));
        err.println("line");

        assertThat(written()).isEqualTo("half a line\n");
    }

    @Test
    void closed_they_are_gone_for_good() {
        lines.show(List.of("a"));
        screen.reset();

        lines.close();
        lines.show(List.of("late"));

        assertThat(written()).isEqualTo(ONE_UP_AND_ERASE);
    }

    private String written() {
        return screen.toString(StandardCharsets.UTF_8);
    }
}
