package io.dcssync.browser;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.program.InstalledProgram;
import io.dcssync.program.Serving;
import io.dcssync.simulator.ScriptedDcs;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard as somebody sees it who has just started the program, until the first pass has ended. */
class NothingReadYetIT {

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final ScriptedDcs dcs = ScriptedDcs.start();

    @Test
    void the_page_says_that_nothing_was_read_yet_and_fills_by_itself(@TempDir Path folder, @TempDir Path profile) {
        dcs.has(task("a").named("orders-cache").failed("timeout"));
        try (InstalledProgram program = InstalledProgram.in(folder)
                .on(database)
                .reads("prod", dcs)
                .with("source.prod.schedule", "0 0 0 1 1 ? 2099")
                .with("http.port", 0)
                .with("http.management-port", 0)) {
            String base = Serving.mirrorOf(program.start("run"));
            try (Browser browser = Browser.start(profile, base)) {
                for (String look : new String[] {"dark", "light"}) {
                    browser.open("");
                    browser.look(look);
                    browser.open("");
                    browser.awaitText("Nothing was read as a whole yet");
                    assertThat(browser.barriers()).as(look).isEmpty();
                    browser.picture("nothing-read-yet-" + look, 1280);
                }
                browser.script("window.mark = 'the same page'");

                assertThat(program.run("sync").exitCode()).isZero();

                browser.awaitText("Failed now");
                assertThat(browser.text()).contains("orders-cache", "timeout");
                assertThat(browser.script("return window.mark")).isEqualTo("the same page");
                assertThat(browser.complaints()).isEmpty();
            }
        }
    }
}
