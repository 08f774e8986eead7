package io.dcssync.listapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodiesTest {

    @Test
    void a_page_holds_the_count_and_the_tasks_in_order() {
        assertThat(text(ListBody.of(7, List.of(bytes("{\"a\":1}"), bytes("null")))))
                .isEqualTo("{\"count\":7,\"migration_tasks\":[{\"a\":1},null]}");
        assertThat(text(ListBody.of(0, List.of()))).isEqualTo("{\"count\":0,\"migration_tasks\":[]}");
    }

    @Test
    void an_error_has_the_three_documented_fields_and_their_limits() {
        assertThat(text(ErrorBody.badParameter("no \"such\" thing")))
                .isEqualTo(
                        "{\"error_msg\":\"no \\\"such\\\" thing\",\"error_code\":\"DCS.4002\",\"error_ext_msg\":null}");
        assertThat(ErrorBody.badParameter("x".repeat(2000)).message()).hasSize(1024);
        for (int status : new int[] {400, 401, 403, 404, 405, 429, 500, 503}) {
            assertThat(ErrorBody.of(status).status()).isEqualTo(status);
            assertThat(ErrorBody.of(status).code().length()).isLessThanOrEqualTo(9);
        }
    }

    @Test
    void a_task_shows_all_25_fields_with_nulls_as_null() {
        ListedTask task = ListedTask.withId("t1").with("status", "FAILED");

        assertThat(task.fields().keySet())
                .containsExactlyElementsOf(ListedTask.FIELDS)
                .hasSize(25);
        assertThat(new String(task.json(), StandardCharsets.UTF_8))
                .startsWith("{\"task_id\":\"t1\",\"task_name\":null,\"status\":\"FAILED\",")
                .endsWith("\"resume_mode\":null,\"supported_features\":[]}");
    }

    @Test
    void a_task_may_lack_documented_fields_and_have_others() {
        ListedTask task = ListedTask.withId("t1").without("version").with("band_width", 5);

        assertThat(new String(task.json(), StandardCharsets.UTF_8))
                .doesNotContain("version")
                .endsWith("\"band_width\":5}");
    }

    private static String text(Answer answer) {
        return new String(answer.json(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
