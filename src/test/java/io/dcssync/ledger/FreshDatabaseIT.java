package io.dcssync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class FreshDatabaseIT {

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @Test
    void each_test_has_a_database_of_its_own() {
        database.run("create table note (text text)");
        try (TestDatabase other = TestDatabase.fresh()) {
            assertThat(other.one("select to_regclass('note')::text")).isNull();
        }
    }

    @Test
    void questions_and_changes_are_one_line_each() {
        database.run("create table note (id int, text text)");
        assertThat(database.run("insert into note values (?, ?), (2, null)", 1, "a"))
                .isEqualTo(2);
        assertThat(database.one("select text from note where id = ?", 1)).isEqualTo("a");
        assertThat(database.rows("select * from note order by id")).element(0).isEqualTo(Map.of("id", 1, "text", "a"));
    }

    @Test
    void sessions_do_not_have_the_time_zone_utc() {
        assertThat(database.one("select current_setting('timezone')")).isEqualTo("Asia/Kathmandu");
    }
}
