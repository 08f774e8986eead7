package io.dcssync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dcssync.listapi.RefusedRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionsTest {

    private final Questions questions = new Questions(() -> "[]");

    @Test
    void what_is_left_out_has_its_default_and_is_there() throws Exception {
        assertThat(questions.read(null))
                .containsEntry("page", "1")
                .containsEntry("size", "50")
                .containsEntry("sort", "-since")
                .containsEntry("timetable", "[]")
                .containsEntry("q", null)
                .isEqualTo(questions.read(""));
    }

    @Test
    void text_is_decoded() throws Exception {
        assertThat(questions.read("q=a%20b%2Bc+d&source=pr%C3%B6d"))
                .containsEntry("q", "a b+c d")
                .containsEntry("source", "pröd");
    }

    @ParameterizedTest
    @CsvSource({
        "size=0, size",
        "page=1&page=2, page",
        "sort=password, sort",
        "q=%00, q",
        "q=, q",
        "lang=en, lang",
        "q=%zz, percent",
    })
    void what_is_not_understood_is_refused_by_name(String query, String named) {
        assertThatThrownBy(() -> questions.read(query))
                .isInstanceOf(RefusedRequest.class)
                .hasMessageContaining("400")
                .hasMessageContaining(named);
    }

    @Test
    void the_whole_of_it_has_the_same_filters() throws Exception {
        Map<String, Object> page = questions.read("class=failed&page=7&size=10");

        assertThat(questions.whole(page))
                .containsEntry("class", "failed")
                .containsEntry("page", "1")
                .containsEntry("size", "100000");
    }
}
