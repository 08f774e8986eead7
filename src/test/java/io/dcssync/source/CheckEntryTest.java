package io.dcssync.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckEntryTest {

    private final CheckEntry checkEntry = new CheckEntry();

    @Test
    void documented_fields_are_taken_as_they_are_in_the_order_of_jsonb() {
        assertThat(fields("""
                {"task_id":"t1","task_name":"orders","migration_type":"online_migration","data_source":"10.0.0.1:6379",
                 "error_message":"timeout","version":"5.0","resume_mode":"auto"}"""))
                .hasToString("{\"task_id\":\"t1\",\"version\":\"5.0\",\"task_name\":\"orders\","
                        + "\"data_source\":\"10.0.0.1:6379\",\"resume_mode\":\"auto\","
                        + "\"error_message\":\"timeout\",\"migration_type\":\"online_migration\"}");
    }

    @Test
    void the_task_knows_its_id_and_its_name() {
        assertThat(check("{'task_id':'t1','task_name':'orders'}"))
                .isInstanceOfSatisfying(CheckedEntry.Task.class, task -> {
                    assertThat(task.id()).isEqualTo("t1");
                    assertThat(task.name()).isEqualTo("orders");
                });
        assertThat(((CheckedEntry.Task) check("{'task_id':'t1'}")).name()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'task_id':'t1'}",
                "{'task_id':'t1','status':null,'description':null,'supported_features':null,'shiny':null}",
                "{'task_id':'t1','status':'','description':'','supported_features':'','shiny':'','created_at':''}",
            })
    void null_empty_and_absent_are_the_same(String entry) {
        assertThat(fields(entry)).hasToString("{\"task_id\":\"t1\"}");
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "5 | 5",
                "-17 | -17",
                "1.50 | 1.50",
                "0.1 | 0.1",
                "12345678901234567890123 | 12345678901234567890123",
                "3.14159265358979323846264338327950288 | 3.14159265358979323846264338327950288",
                "true | true",
                "false | false",
                "{'a':[1,null]} | {\"a\":[1,null]}",
                "['x',2.0] | [\"x\",2.0]",
                "' ' | ' '",
            })
    void what_is_no_text_becomes_its_json_text(String value, String text) {
        String written = value.equals(" ") ? "' '" : value;

        assertThat(fields("{'task_id':'t1','description':" + written + "}").get("description"))
                .isEqualTo(JsonNodeFactory.instance.textNode(text));
    }

    @Test
    void the_status_is_any_text() {
        assertThat(fields("{'task_id':'t1','status':'INCRMIGEATING'}").get("status"))
                .hasToString("\"INCRMIGEATING\"");
        assertThat(fields("{'task_id':'t1','status':7}").get("status")).hasToString("\"7\"");
    }

    @Test
    void times_are_kept_as_they_came_and_understood_where_they_can_be() {
        assertThat(fields("{'task_id':'t1','created_at':'2019/10/22 14:44:30','released_at':'soon'}"))
                .hasToString("{\"task_id\":\"t1\",\"created_at\":\"2019-10-22T14:44:30.000000Z\","
                        + "\"created_at_raw\":\"2019/10/22 14:44:30\",\"released_at_raw\":\"soon\"}");
        assertThat(fields("{'task_id':'t1','created_at':202404011057}").get("created_at"))
                .hasToString("\"2024-04-01T10:57:00.000000Z\"");
    }

    @Test
    void what_the_document_does_not_know_goes_into_extra() {
        assertThat(fields("{'task_id':'t1','progress':99.50,'tags':{'a':['b',null]},'flag':false,'created_at_raw':'x'}")
                        .get("extra"))
                .hasToString("{\"progress\":99.50,\"tags\":{\"a\":[\"b\",null]},\"flag\":false,"
                        + "\"created_at_raw\":\"x\"}");
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "['a','b'] | [\"a\",\"b\"]",
                "['a',null,'',5,true,{'b':1}] | [\"a\",\"5\",\"true\",\"{\\\"b\\\":1}\"]",
                "'a' | [\"a\"]",
                "7 | [\"7\"]",
                "{'a':1} | [\"{\\\"a\\\":1}\"]",
                "[['a']] | [\"[\\\"a\\\"]\"]",
                "[] | []",
            })
    void supported_features_are_a_list_whatever_their_shape(String said, String features) {
        String written = said.equals("a") ? "'a'" : said;

        assertThat(fields("{'task_id':'t1','supported_features':" + written + "}")
                        .get("supported_features"))
                .hasToString(features);
    }

    @Test
    void what_postgresql_cannot_store_is_replaced_and_noted() {
        assertThat(fields("{'task_id':'t1','task_name':'a\\u0000b','error_message':'\\ud83d!','version':'\\ude00'}"))
                .hasToString(
                        "{\"extra\":{\"_replaced\":[\"error_message\",\"task_name\",\"version\"]},\"task_id\":\"t1\","
                                + "\"version\":\"\uFFFD\",\"task_name\":\"a\uFFFDb\",\"error_message\":\"\uFFFD!\"}");
    }

    @Test
    void what_is_replaced_in_features_and_unknown_fields_is_noted_too() {
        assertThat(fields("{'task_id':'t1','supported_features':['a\\u0000'],'shiny':{'k\\u0000':['\\udfff']},'ok':1}"))
                .hasToString("{\"extra\":{\"shiny\":{\"k\uFFFD\":[\"\uFFFD\"]},\"ok\":1,"
                        + "\"_replaced\":[\"shiny\",\"supported_features\"]},"
                        + "\"task_id\":\"t1\",\"supported_features\":[\"a\uFFFD\"]}");
    }

    @Test
    void what_is_nested_without_end_is_replaced_and_noted() {
        String deep = "[".repeat(5000) + "]".repeat(5000);

        assertThat(fields("{'task_id':'t1','description':" + deep + ",'shiny':" + deep + "}")
                        .toString())
                .contains("\uFFFD nested too deep", "\"_replaced\":[\"shiny\"]")
                .hasSizeLessThan(2000);
        assertThat(check("{'shiny':" + deep + "}")).isInstanceOf(CheckedEntry.Rejected.class);
    }

    @Test
    void an_id_that_cannot_be_stored_is_replaced_and_is_no_reason_to_lose_the_task() {
        assertThat(check("{'task_id':'t\\u0000'}"))
                .isInstanceOfSatisfying(
                        CheckedEntry.Task.class, task -> assertThat(task.id()).isEqualTo("t\uFFFD"));
    }

    @Test
    void whole_surrogate_pairs_are_kept() {
        ObjectNode fields = fields("{'task_id':'t1','task_name':'\\ud83d\\ude00 é 名'}");

        assertThat(fields.get("task_name").textValue()).isEqualTo("\uD83D\uDE00 é 名");
        assertThat(fields.has("extra")).isFalse();
    }

    @Test
    void a_message_of_a_megabyte_is_kept() {
        String message = "x".repeat(1 << 20);

        assertThat(fields("{'task_id':'t1','error_message':'" + message + "'}")
                        .get("error_message")
                        .textValue())
                .isEqualTo(message);
    }

    @Test
    void absurd_numbers_become_text_so_that_they_can_be_stored() {
        assertThat(fields("{'task_id':'t1','huge':1e999999,'tiny':[1e-999999],'fine':1e300,'long':" + "9".repeat(400)
                                + "}")
                        .get("extra"))
                .hasToString("{\"huge\":\"1E+999999\",\"tiny\":[\"1E-999999\"],\"fine\":1E+300,\"long\":"
                        + "9".repeat(400) + ",\"_replaced\":[\"huge\",\"tiny\"]}");
        assertThat(fields("{'task_id':'t1','description':1e999999}").get("description"))
                .hasToString("\"1E+999999\"");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | no task_id",
                "{'task_name':'a'} | no task_id",
                "{'task_id':null} | no task_id",
                "{'task_id':''} | no task_id",
                "{'task_id':{'id':'t1'}} | task_id is not text",
                "{'task_id':['t1']} | task_id is not text",
                "null | not an object",
                "[] | not an object",
                "[{'task_id':'t1'}] | not an object",
                "5 | not an object",
                "true | not an object",
            })
    void an_entry_that_cannot_be_taken_says_why(String entry, String reason) {
        assertThat(check(entry)).isInstanceOfSatisfying(CheckedEntry.Rejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo(reason);
            assertThat(rejected.raw()).isEqualTo(entry.replace('\'', '"'));
        });
    }

    @Test
    void a_number_is_an_id() {
        assertThat(fields("{'task_id':42}").get("task_id")).hasToString("\"42\"");
    }

    @Test
    void an_id_has_an_end() {
        assertThat(check("{'task_id':'" + "x".repeat(512) + "'}")).isInstanceOf(CheckedEntry.Task.class);
        assertThat(check("{'task_id':'" + "x".repeat(513) + "'}"))
                .isInstanceOfSatisfying(CheckedEntry.Rejected.class, rejected -> assertThat(rejected.reason())
                        .isEqualTo("task_id is longer than 512 characters"));
    }

    @Test
    void a_rejected_entry_is_known_again_by_all_of_it_and_kept_bounded() {
        String start = "{'description':'" + "x".repeat(100_000);
        CheckedEntry.Rejected one = (CheckedEntry.Rejected) check(start + "1'}");
        CheckedEntry.Rejected other = (CheckedEntry.Rejected) check(start + "2'}");

        assertThat(one.raw()).hasSize(64 * 1024).isEqualTo(other.raw());
        assertThat(one.fingerprint()).hasSize(64).isNotEqualTo(other.fingerprint());
        assertThat(check(start + "1'}")).isEqualTo(one);
    }

    @Test
    void a_rejected_entry_can_be_stored() {
        assertThat(check("'\\u0000\\ud800'"))
                .isInstanceOfSatisfying(CheckedEntry.Rejected.class, rejected -> assertThat(rejected.raw())
                        .doesNotContain("\u0000", "\uD800"));
        String cutInAPair = "'" + "x".repeat(64 * 1024 - 2) + "\\ud83d\\ude00'";
        assertThat(((CheckedEntry.Rejected) check(cutInAPair)).raw())
                .hasSize(64 * 1024)
                .endsWith("x\uFFFD");
    }

    private ObjectNode fields(String entry) {
        return (ObjectNode) read(((CheckedEntry.Task) check(entry)).json());
    }

    /** Checks an entry as it is read from an answer; quotes may be single ones. */
    private CheckedEntry check(String entry) {
        return checkEntry.check(read(entry.replace('\'', '"')));
    }

    private static JsonNode read(String entry) {
        try {
            ListedPage page = new ReadAnswer()
                    .read(
                            200,
                            Map.of(),
                            ("{\"migration_tasks\":[" + entry + "]}").getBytes(StandardCharsets.UTF_8),
                            "");
            return page.toCheck().get(0).get(0);
        } catch (UnusableAnswer e) {
            throw new AssertionError(entry, e);
        }
    }
}
