package io.dcssync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of an error message when all that differs from case to case is taken out. */
class FingerprintIT {

    // nothing here writes
    @AutoClose
    private static final TestDatabase database = TestDatabase.fresh();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    connect to 10.0.3.7:6379 timed out after 3000 ms  | connect to <address> timed out after <n> ms
                    源实例10.1.2.3连接超时，已重试 12 次                | 源实例<address>连接超时，已重试 <n> 次
                    nodes 2001:db8::1, [fe80::1:2]:6379 and 1:2:3:4:5:6:7:8 | nodes <address>, <address> and <address>
                    instance 2944a563-6f27-4604-9c16-a9a53cd95cc7 is full | instance <id> is full
                    project 666486c2d9b948c1bbea57e714d744fa is gone  | project <id> is gone
                    the key "session:4615671" has 981034835 bytes     | the key <text> has <n> bytes
                    it can't move 'cart:a b'; it isn't small          | it can't move <text>; it isn't small
                    ERR unknown command 'PSYNC'                       | ERR unknown command 'PSYNC'
                    dump-1234567.rdb of 2026-11-28T09:41:00Z          | dump-<n>.rdb of <n>-<n>-<n>T<n>:<n>:<n>Z
                    deadbeef, 1,234.5 MB free                         | deadbeef, <n> MB free
                    """)
    void what_differs_from_case_to_case_is_taken_out(String message, String kind) {
        assertThat(fingerprint(message)).isEqualTo(kind);
    }

    @Test
    void blanks_and_line_breaks_do_not_count() {
        assertThat(fingerprint("  timed \n\n out\t")).isEqualTo("timed out");
    }

    @Test
    void no_message_has_no_kind_and_a_long_one_is_known_by_its_beginning() {
        assertThat(database.one("select report.fingerprint(null)")).isNull();
        assertThat(fingerprint("é".repeat(2_000_000))).isEqualTo("é".repeat(300));
    }

    private static String fingerprint(String message) {
        return (String) database.one("select report.fingerprint(?)", message);
    }
}
