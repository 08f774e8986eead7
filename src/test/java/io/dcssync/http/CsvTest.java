package io.dcssync.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @Test
    void a_row_is_a_task_and_what_is_null_is_empty() throws Exception {
        String json =
                "{\"now\":\"x\",\"count\":2,\"tasks\":[{\"source\":\"prod\",\"task_id\":\"a\",\"failure_count\":-2,"
                        + "\"error_message\":\"two\\nlines, \\\"quoted\\\"\"},{\"source\":\"prod\",\"task_id\":\"b\",\"task_name\":null}]}";

        assertThat(Csv.answer(json).body())
                .isEqualTo(
                        "source,task_id,task_name,status,class,status_since,failure_count,error_message,migration_type,"
                                + "migration_method,source_instance,target_instance,created_at,last_changed_at,missing_since\r\n"
                                + "prod,a,,,,,-2,\"two\nlines, \"\"quoted\"\"\",,,,,,,\r\n"
                                + "prod,b,,,,,,,,,,,,,\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"})
    void what_a_spreadsheet_would_calculate_is_text(String formula) {
        assertThat(Csv.cell(formula)).isEqualTo("\"'" + formula + "\"");
    }
}
