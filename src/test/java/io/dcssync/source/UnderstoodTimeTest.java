package io.dcssync.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnderstoodTimeTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2021-06-16T06:12:55.508Z, 2021-06-16T06:12:55.508Z",
        "2019/10/22 14:44:30, 2019-10-22T14:44:30Z",
        "202404011057, 2024-04-01T10:57:00Z",
        "2023-05-15 09:11:25, 2023-05-15T09:11:25Z",
        "2023-05-15T09:11:25, 2023-05-15T09:11:25Z",
        "2023-05-15 09:11, 2023-05-15T09:11:00Z",
        "2023/05/15 09:11:25.5, 2023-05-15T09:11:25.5Z",
        "2023-05-15T09:11:25.123456789Z, 2023-05-15T09:11:25.123457Z",
        "' 2023-05-15 09:11:25 ', 2023-05-15T09:11:25Z",
    })
    void each_shape_is_understood_and_is_utc_where_it_names_no_zone(String text, String time) {
        assertThat(UnderstoodTime.of(text)).contains(OffsetDateTime.parse(time));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2021-06-16T06:12:55+08:00, 2021-06-15T22:12:55Z",
        "2021-06-16T06:12:55+0800, 2021-06-15T22:12:55Z",
        "2021-06-16T06:12:55.5-08, 2021-06-16T14:12:55.5Z",
        "2021-06-16 06:12:55+05:45, 2021-06-16T00:27:55Z",
        "2021/06/16 06:12Z, 2021-06-16T06:12:00Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z",
        "2024-02-29 00:00:00, 2024-02-29T00:00:00Z",
    })
    void offsets_are_brought_to_utc(String text, String time) {
        assertThat(UnderstoodTime.of(text)).contains(OffsetDateTime.parse(time));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-02-29 00:00:00",
                "2023-02-30T00:00:00Z",
                "2023/13/01 00:00:00",
                "2023-00-10 00:00:00",
                "2023-04-31 10:00:00",
                "202302301057",
                "2023-05-15 24:00:00",
                "2023-05-15 09:60:00",
                "2016-12-31T23:59:60Z",
            })
    void a_time_that_does_not_exist_is_none_and_is_not_rolled_over(String text) {
        assertThat(UnderstoodTime.of(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-12-31T23:59:59Z",
                "-0001-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "+999999999-01-01 00:00:00",
                "0001-01-01T00:00:00+18:00",
                "9999-12-31T23:59:59-01:00",
            })
    void a_year_out_of_range_is_none(String text) {
        assertThat(UnderstoodTime.of(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "null",
                "0",
                "2023-05-15",
                "2023-05-15T",
                "2023-5-15 9:11:25",
                "15-05-2023 09:11:25",
                "2023-05-15 09:11:25 CST",
                "2023-05-15 09:11:25Z and more",
                "2023-05-15T09:11.5Z",
                "2023-05-15T09:11:25,508Z",
                "2023-05-15T09:11:25.1234567890Z",
                "2023-05-15T09:11:25+25:00",
                "20240401105",
                "20240401105700",
                "1623823975",
                "1623823975508",
                "２０２３-05-15 09:11:25",
            })
    void what_is_no_time_is_none(String text) {
        assertThat(UnderstoodTime.of(text)).isEmpty();
    }
}
