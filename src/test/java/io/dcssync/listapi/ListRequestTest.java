package io.dcssync.listapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListRequestTest {

    private static final String PATH = "/v2/p1/migration-tasks";

    @Test
    void without_parameters_the_first_ten_are_asked_for() throws Exception {
        assertThat(ListRequest.parse(PATH, null)).isEqualTo(new ListRequest("p1", 0, 10, Optional.empty()));
        assertThat(ListRequest.parse(PATH, "")).isEqualTo(new ListRequest("p1", 0, 10, Optional.empty()));
    }

    @Test
    void parameters_are_read_decoded_and_unknown_ones_ignored() throws Exception {
        ListRequest request = ListRequest.parse(PATH + "/", "sort=x&limit=1000&name=caf%C3%A9%20%26+1&offset=20");

        assertThat(request).isEqualTo(new ListRequest("p1", 20, 1000, Optional.of("café & 1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=1001",
                "limit=-1",
                "limit=ten",
                "limit=",
                "limit",
                "limit=1.5",
                "limit=٣",
                "limit=99999999999",
                "offset=-1",
                "offset=%2B1",
                "offset=2147483648",
                "offset=0&offset=10",
                "name=%zz",
                "name=a%00b"
            })
    void a_bad_parameter_is_refused_with_400_and_named(String query) {
        assertThatThrownBy(() -> ListRequest.parse(PATH, query))
                .isInstanceOfSatisfying(RefusedRequest.class, refused -> {
                    assertThat(refused.error().status()).isEqualTo(400);
                    assertThat(refused.error().code()).isEqualTo("DCS.4002");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v2", "/v2//migration-tasks", "/v2/p1/migration-task", "/v2/p1/x/migration-tasks"})
    void another_path_is_refused_with_404(String path) {
        assertThatThrownBy(() -> ListRequest.parse(path, null))
                .isInstanceOfSatisfying(
                        RefusedRequest.class,
                        refused -> assertThat(refused.error().status()).isEqualTo(404));
    }

    @Test
    void a_name_is_asked_for_when_it_contains_the_text_case_and_all() throws Exception {
        ListRequest request = ListRequest.parse(PATH, "name=ache");

        assertThat(request.asksFor("prod-cache-1")).isTrue();
        assertThat(request.asksFor("prod-CACHE-1")).isFalse();
        assertThat(request.asksFor("")).isFalse();
        assertThat(ListRequest.parse(PATH, "name=").asksFor("")).isTrue();
    }
}
