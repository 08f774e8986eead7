package io.dcssync.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.program.InstalledProgram;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that {@code report --format html} writes, opened as one that came by mail. */
class OfflineReportIT {

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @Test
    void it_shows_all_without_a_network_and_asks_nobody_for_anything(@TempDir Path folder, @TempDir Path profile) {
        MadeUpLedger.fill(database, 300);
        try (InstalledProgram program = InstalledProgram.in(folder).on(database);
                Browser browser = Browser.start(profile, folder.toUri().toString())) {
            assertThat(program.run("report", "--format", "html", "--out", folder + "/r.html")
                            .exitCode())
                    .isZero();
            browser.goOffline();

            browser.open("r.html");

            browser.awaitText("Failed now");
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.loaded()).isEmpty();
            assertThat(browser.barriers()).isEmpty();
        }
    }
}
