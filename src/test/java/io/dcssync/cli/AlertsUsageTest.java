package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong word is told before anything is started. */
class AlertsUsageTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "alerts,                        'Missing command: list, retry, drop or explain'",
        "alerts lst,                    'lst'",
        "alerts retry 12 twelve,        '''twelve'' is no number of an alert'",
        "alerts retry -5,               '''-5'' is no number of an alert'",
        "alerts retry 1234567890123456789, 'is no number of an alert'",
        "alerts list --limit 0,         '--limit is 0, allowed is 1 or more'",
        "alerts list --limit many,      'many'",
        "alerts drop,                   '--channel'",
        "alerts explain,                'TASK_ID'",
    })
    void a_wrong_word_is_a_usage_error_that_names_it(String words, String told) {
        assertThat(run(words.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).startsWith("dcs-sync: ").contains(told).contains("--help");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void its_help_names_what_it_can_do() {
        assertThat(run("alerts", "--help")).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("list", "retry", "drop", "explain");
    }

    private int run(String... args) {
        return DcsSync.handlingFailures(
                        DcsSync.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)))
                .execute(args);
    }
}
