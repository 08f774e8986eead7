package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private final Table table = new Table(List.of("ID", "TASK", "ERROR"), List.of("ERROR", "TASK"));

    @Test
    void columns_are_as_wide_as_their_widest_text_and_lines_have_no_blanks_at_their_end() {
        assertThat(table.lines(List.of(List.of("1", "orders", "x"), List.of("100", "a", "timeout"))))
                .containsExactly("ID   TASK    ERROR", "1    orders  x", "100  a       timeout");
    }

    @Test
    void a_line_has_120_characters_at_most_and_the_first_column_that_may_be_is_cut_first() {
        List<String> lines = table.lines(List.of(List.of("1", "t".repeat(80), "e".repeat(80))));
        assertThat(lines.get(1))
                .isEqualTo("1   " + "t".repeat(80) + "  " + "e".repeat(33) + "…")
                .hasSize(120);
    }

    @Test
    void when_that_is_not_enough_the_next_one_is_cut_too() {
        List<String> lines = table.lines(List.of(List.of("1", "t".repeat(200), "e".repeat(80))));
        assertThat(lines.get(1)).endsWith("t…  " + "e".repeat(11) + "…").hasSize(120);
    }

    @Test
    void texts_from_outside_stay_in_their_line() {
        assertThat(table.lines(List.of(List.of("1", "a\nb", "\u001b[31m\r\n"))))
                .containsExactly("ID  TASK  ERROR", "1   a b    [31m");
    }

    @Test
    void characters_that_a_terminal_shows_twice_as_wide_count_twice() {
        assertThat(table.lines(List.of(List.of("1", "迁移，任务", "x"), List.of("2", "ab", "x"))))
                .containsExactly("ID  TASK        ERROR", "1   迁移，任务  x", "2   ab          x");
        assertThat(table.lines(List.of(List.of("1", "a", "错".repeat(80)))).get(1))
                .isEqualTo("1   a     " + "错".repeat(54) + "…");
    }

    @Test
    void a_character_of_two_halves_is_not_cut_in_the_middle() {
        assertThat(table.lines(List.of(List.of("1", "a", "😀".repeat(200)))).get(1))
                .isEqualTo("1   a     " + "😀".repeat(109) + "…");
    }
}
