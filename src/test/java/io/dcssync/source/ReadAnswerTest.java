package io.dcssync.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAnswerTest {

    private static final String PAGE = "{\"count\":2,\"migration_tasks\":[{\"task_id\":\"a\"},7]}";

    private final ReadAnswer readAnswer = new ReadAnswer();

    @Test
    void a_page_gives_its_entries_in_their_order_whatever_they_are_and_its_count() throws Exception {
        ListedPage page = read(PAGE);

        assertThat(page.toCheck().get(0)).map(Object::toString).containsExactly("{\"task_id\":\"a\"}", "7");
        assertThat(page.count()).contains(2L);
    }

    @Test
    void an_empty_list_is_a_page() throws Exception {
        assertThat(read("{\"count\":0,\"migration_tasks\":[]}").entries()).isEmpty();
    }

    @Test
    void null_in_the_place_of_the_list_is_an_empty_page_where_the_count_says_so_too() throws Exception {
        ListedPage page = read("{\"count\":0,\"migration_tasks\":null}");

        assertThat(page.entries()).isEmpty();
        assertThat(page.count()).contains(0L);
    }

    @Test
    void a_byte_order_mark_and_unknown_fields_do_no_harm() throws Exception {
        assertThat(read("\uFEFF{\"request\":{},\"migration_tasks\":[null]} \n").entries())
                .hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "7, 7",
        "'\"12\"', 12",
        "0, 0",
        "9223372036854775807, 9223372036854775807",
        "-3, -3",
    })
    void a_count_is_a_whole_number_or_the_text_of_one(String count, long read) throws Exception {
        assertThat(read("{\"count\":" + count + ",\"migration_tasks\":[]}").count())
                .contains(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"\"",
                "\"many\"",
                "\"-3\"",
                "\"1e3\"",
                "\"9999999999999999999\"",
                "1.5",
                "2.0",
                "1e999999",
                "9223372036854775808",
                "true",
                "{}",
                "[3]",
            })
    void a_count_that_is_none_is_as_good_as_absent(String count) throws Exception {
        assertThat(read("{\"count\":" + count + ",\"migration_tasks\":[]}").count())
                .isEmpty();
        assertThat(read("{\"migration_tasks\":[]}").count()).isEmpty();
    }

    @ParameterizedTest(name = "HTTP {0}: {1}")
    @CsvSource({
        "400, false",
        "401, false",
        "403, false",
        "404, false",
        "405, false",
        "408, true",
        "410, false",
        "413, false",
        "429, true",
        "500, true",
        "501, false",
        "502, true",
        "503, true",
        "504, true",
        "301, false",
        "302, false",
        "201, false",
        "204, false",
        "206, false",
    })
    void which_statuses_are_worth_another_try(int status, boolean worthAnotherTry) {
        UnusableAnswer refusal = refusal(status, "");

        assertThat(refusal.worthAnotherTry()).isEqualTo(worthAnotherTry);
        assertThat(refusal.code()).isEqualTo("http-" + status);
        assertThat(refusal.getMessage()).startsWith("HTTP " + status);
    }

    @Test
    void a_page_with_another_status_is_no_page() {
        assertThat(refusal(206, PAGE).code()).isEqualTo("http-206");
    }

    @ParameterizedTest
    @CsvSource({
        "401, source.*.auth",
        "403, dcs:migrationTask:list",
        "404, source.*.project-id",
        "302, redirects are not followed",
    })
    void what_can_be_done_is_said(int status, String advice) {
        assertThat(refusal(status, "").getMessage()).contains(advice);
    }

    @Test
    void an_error_of_the_service_is_told_in_its_words() {
        UnusableAnswer refusal =
                refusal(400, "{\"error_code\":\"DCS.4062\",\"error_msg\":\"Parameter wrong\",\"error_ext_msg\":null}");

        assertThat(refusal.code()).isEqualTo("DCS.4062");
        assertThat(refusal).hasMessage("HTTP 400: DCS.4062 Parameter wrong – the endpoint does not accept the request");
    }

    @Test
    void the_request_id_is_taken_from_the_body_or_else_from_the_header() throws Exception {
        Map<String, Object> header = Map.of("X-Request-Id", "h-1");
        String error = "{\"error_code\":\"APIGW.0308\",\"error_msg\":\"throttled\"%s}";

        assertThat(refusal(429, error.formatted(",\"request_id\":\"b-1\""), header))
                .hasMessage("HTTP 429: APIGW.0308 throttled (request b-1)");
        assertThat(refusal(429, error.formatted(",\"request_id\":null"), header))
                .hasMessage("HTTP 429: APIGW.0308 throttled (request h-1)");
        assertThat(refusal(429, error.formatted(""), Map.of("x-request-ID", "h-2")))
                .hasMessage("HTTP 429: APIGW.0308 throttled (request h-2)");
        assertThat(refusal(429, error.formatted(""), Map.of())).hasMessage("HTTP 429: APIGW.0308 throttled");
    }

    @Test
    void of_a_page_of_a_proxy_a_bounded_piece_is_kept_in_one_line() {
        String html = "<html>\r\n\t<h1>Bad\u0007 Gateway\u009b</h1>" + "x".repeat(1_000_000);

        assertThat(refusal(502, html).getMessage())
                .startsWith("HTTP 502: <html> <h1>Bad Gateway </h1>xxx")
                .endsWith("…")
                .hasSizeLessThan(400);
        assertThat(refusal(200, html).getMessage())
                .startsWith("HTTP 200 with a body of 1000")
                .hasSizeLessThan(500);
    }

    @Test
    void the_words_of_an_error_are_bounded_and_one_line_too() {
        UnusableAnswer refusal = refusal(
                403,
                "{\"error_code\":\"%s\",\"error_msg\":\"a\\n\\u001b[2J\\u0000b%s\",\"request_id\":\"%s\"}"
                        .formatted("C".repeat(5000), "x".repeat(5000), "r\\n".repeat(5000)));

        assertThat(refusal.code()).hasSizeLessThanOrEqualTo(301);
        assertThat(refusal.getMessage()).hasSizeLessThan(1000).matches("\\P{Cc}+");
        assertThat(refusal(403, "{\"error_code\":\"C\",\"error_msg\":\"a\\n\\u001b[2J\\u0000b\"}"))
                .hasMessageStartingWith("HTTP 403: C a [2J b – ");
        assertThat(refusal(403, "{\"error_code\":\"C\\nD\"}").code()).isEqualTo("C D");
    }

    @Test
    void an_error_that_comes_as_200_is_told_and_worth_another_try() {
        UnusableAnswer refusal = refusal(200, "{\"error_code\":\"DCS.5000\",\"error_msg\":\"Internal\"}");

        assertThat(refusal.code()).isEqualTo("DCS.5000");
        assertThat(refusal).hasMessage("HTTP 200 with an error: DCS.5000 Internal");
        assertThat(refusal.worthAnotherTry()).isTrue();
        assertThat(refusal(200, "{\"error_msg\":\"Internal\"}").code()).isEqualTo("error-in-200");
        assertThat(refusal(200, "{\"error_code\":null,\"error_msg\":\"Internal\"}")
                        .code())
                .isEqualTo("error-in-200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "7",
                "\"text\"",
                "{\"migration_tasks\":null,\"count\":1}",
                "{\"migration_tasks\":null}",
                "{\"count\":0}",
                "{\"migration_tasks\":{}}",
                "{\"migration_tasks\":\"\"}",
                "{\"tasks\":[]}",
                "[{\"migration_tasks\":[]}]",
            })
    void json_of_another_shape_is_no_page_and_asking_again_does_not_help(String body) {
        UnusableAnswer refusal = refusal(200, body);

        assertThat(refusal.code()).isEqualTo("not-a-page");
        assertThat(refusal.worthAnotherTry()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n"})
    void a_body_without_anything_in_it_is_worth_another_try(String body) {
        UnusableAnswer refusal = refusal(200, body);

        assertThat(refusal.code()).isEqualTo("empty-answer");
        assertThat(refusal.worthAnotherTry()).isTrue();
    }

    @Test
    void no_body_at_all_is_an_empty_one() {
        assertThat(catchThrowableOfType(UnusableAnswer.class, () -> readAnswer.read(200, Map.of(), null, ""))
                        .code())
                .isEqualTo("empty-answer");
        assertThat(catchThrowableOfType(UnusableAnswer.class, () -> readAnswer.read(503, Map.of(), null, "")))
                .hasMessage("HTTP 503");
    }

    @Test
    void a_page_that_is_cut_off_anywhere_is_worth_another_try() {
        for (int length = 1; length < PAGE.length(); length++) {
            UnusableAnswer refusal = refusal(200, PAGE.substring(0, length));

            assertThat(refusal.code()).isEqualTo("not-json");
            assertThat(refusal.worthAnotherTry()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "{}", "]", ",", "\u0001", "{\"migration_tasks\":[]}"})
    void what_follows_a_page_makes_it_none(String more) {
        UnusableAnswer refusal = refusal(200, PAGE + more);

        assertThat(refusal.code()).isEqualTo("not-json");
        assertThat(refusal.worthAnotherTry()).isTrue();
    }

    @Test
    void a_number_beyond_all_bounds_is_told_like_what_is_not_json() {
        for (String number : new String[] {"1e9999999999", "9".repeat(100_001)}) {
            assertThat(refusal(200, "{\"migration_tasks\":[{\"task_id\":" + number + "}]}")
                            .code())
                    .isEqualTo("not-json");
            assertThat(refusal(500, "{\"error_msg\":" + number + "}").code()).isEqualTo("http-500");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"headers\":\"s3cr3t\"}", "s3cr3t is no JSON", "{\"error_code\":\"s3cr3t\"}"})
    void credentials_that_an_answer_echoes_are_not_quoted_whatever_its_status(String echo) {
        for (int status : new int[] {200, 400}) {
            assertThatThrownBy(() -> new ReadAnswer()
                            .read(status, Map.of(), echo.getBytes(StandardCharsets.UTF_8), "", body -> new String(
                                            body, StandardCharsets.UTF_8)
                                    .replace("s3cr3t", "******")
                                    .getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(UnusableAnswer.class)
                    .hasMessageContaining("******")
                    .hasMessageNotContaining("s3cr3t");
        }
    }

    @Test
    void a_body_that_is_not_utf_8_says_so_and_is_worth_another_try() {
        byte[] latin1 = "{\"migration_tasks\":[{\"task_name\":\"é\"}]}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf8 = "{\"migration_tasks\":[{\"task_name\":\"é\"}]}".getBytes(StandardCharsets.UTF_8);
        byte[] cutInTheCharacter = Arrays.copyOf(utf8, 35);

        for (byte[] body : new byte[][] {latin1, cutInTheCharacter}) {
            UnusableAnswer refusal =
                    catchThrowableOfType(UnusableAnswer.class, () -> readAnswer.read(200, Map.of(), body, ""));

            assertThat(refusal.code()).isEqualTo("not-utf-8");
            assertThat(refusal.worthAnotherTry()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("oddValues")
    void one_odd_value_does_not_cost_the_page(String value) throws Exception {
        assertThat(read("{\"migration_tasks\":[{\"task_id\":\"good\"},{\"task_id\":\"odd\",\"x\":" + value + "}]}")
                        .entries())
                .hasSize(2);
    }

    static Stream<String> oddValues() {
        return Stream.of(
                "[".repeat(5000) + "]".repeat(5000),
                "1".repeat(5000),
                "{\"" + "k".repeat(100_000) + "\":1}",
                "\"" + "m".repeat(25_000_000) + "\"");
    }

    private ListedPage read(String body) throws UnusableAnswer {
        return readAnswer.read(200, Map.of(), body.getBytes(StandardCharsets.UTF_8), "check source.*.auth");
    }

    private UnusableAnswer refusal(int status, String body) {
        return refusal(status, body, Map.of());
    }

    private UnusableAnswer refusal(int status, String body, Map<String, Object> headers) {
        return catchThrowableOfType(
                UnusableAnswer.class,
                () -> readAnswer.read(status, headers, body.getBytes(StandardCharsets.UTF_8), "check source.*.auth"));
    }
}
