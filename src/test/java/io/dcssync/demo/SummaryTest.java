package io.dcssync.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SummaryTest {

    @Test
    void passes_that_failed_as_expected_are_told_calmly_and_others_with_where_to_look() {
        Summary summary = new Summary(72, 54, 18, 0, 178, 361, 649, 78, 162, 2, 0);

        assertThat(summary.lines(true))
                .contains("failed     18 passes, as is to be expected on a bad day; later ones made the ledger whole")
                .allMatch(line -> line.length() <= 100);
        assertThat(summary.lines(false)).contains("failed     18 passes, each with its reason in report.sync_run");
    }

    @Test
    void nothing_is_said_of_failures_where_there_were_none() {
        assertThat(String.join(" ", new Summary(2, 2, 0, 0, 0, 5, 5, 0, 0, 0, 0).lines(false)))
                .doesNotContain("failed ");
    }
}
