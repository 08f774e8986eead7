package io.dcssync.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.program.InstalledProgram;
import io.dcssync.program.Serving;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The dashboard of {@code run} in a real browser, on a ledger as it looks after a month. */
@TestInstance(Lifecycle.PER_CLASS)
class DashboardIT {

    private static final int TASKS = 1200;
    private static final String NEVER = "0 0 0 1 1 ? 2099";

    private final TestDatabase database = TestDatabase.fresh();
    private InstalledProgram program;
    private String base;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path folder, @TempDir Path profile) {
        MadeUpLedger.fill(database, TASKS);
        program = InstalledProgram.in(folder)
                .on(database)
                .reads("prod-eu", "http://127.0.0.1:1")
                .with("source.prod-eu.project-id", "project-eu")
                .with("source.prod-eu.schedule", NEVER)
                .with("alert.pager.uri", "http://127.0.0.1:1/pager")
                .with("alert.pager.retry-delay", "15m")
                .with("http.port", 0)
                .with("http.management-port", 0);
        base = Serving.mirrorOf(program.start("run"));
        browser = Browser.start(profile, base);
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (program != null) {
            program.close();
        }
        database.close();
    }

    @BeforeEach
    void as_if_new() {
        browser.open("");
        browser.script("localStorage.clear()");
        browser.look("light");
        browser.complaints();
    }

    @AfterEach
    void nothing_went_wrong_and_no_other_host_was_asked() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.hosts()).containsExactly(URI.create(base).getAuthority());
    }

    @ParameterizedTest
    @CsvSource({
        "overview, ''",
        "tasks, ?view=tasks&class=failed",
        "task, TASK",
        "changes, ?view=changes&hours=720",
        "sync, ?view=sync",
        "alerts, ?view=alerts",
        "nothing, ?view=tasks&q=no%20such%20task",
    })
    void every_page_is_without_barriers_in_both_looks_and_fits_a_phone(String name, String address) {
        String page = address.equals("TASK") ? aFailedTask() : address;
        for (String look : List.of("light", "dark")) {
            browser.look(look);
            browser.open(page);
            assertThat(browser.barriers()).as(look).isEmpty();
            browser.picture(name + "-" + look, 1280);
            browser.picture(name + "-phone-" + look, 360);
            browser.size(360, 800);
            assertThat(browser.script("return document.documentElement.scrollWidth"))
                    .as("width on a phone")
                    .isEqualTo(360L);
            assertThat(browser.barriers()).as(look + " on a phone").isEmpty();
            browser.size(1280, 900);
        }
    }

    @Test
    void the_overview_leads_to_what_is_failed_and_why() {
        long failed = (Long) database.one(
                "select count(*) from report.task where status_class = 'failed' and missing_since is null");

        assertThat(browser.title()).startsWith("(" + failed + ")");
        browser.await(".tile.failed").click();
        browser.awaitText(failed + " tasks");

        assertThat(browser.address()).isEqualTo("?view=tasks&class=failed");
        browser.await("tbody th a").click();
        browser.awaitText("What happened");
        assertThat(browser.text()).contains("MIGRATING -> FAILED", "alert", "Versions");
        browser.back();
        browser.awaitText(failed + " tasks");
        browser.back();
        browser.awaitText("Failed now");
    }

    @Test
    void what_is_searched_filtered_sorted_and_paged_stands_in_the_address() {
        browser.open("?view=tasks");
        browser.awaitText("page 1 of");
        browser.await("input[type=search]").sendKeys("orders");
        browser.awaitText("page 1 of 5");
        assertThat(browser.address()).isEqualTo("?view=tasks&q=orders");

        browser.await("select[name=class] option[value=succeeded]").click();
        browser.awaitGone(".badge.failed");
        browser.follow("Failures");
        browser.await("th[aria-sort=descending]");
        browser.follow("Next");
        browser.awaitText("page 2 of");
        assertThat(browser.address()).isEqualTo("?view=tasks&q=orders&class=succeeded&sort=-failures&page=2");
        String second = browser.await("tbody").getText();

        browser.open(browser.address());
        browser.awaitText("page 2 of");
        assertThat(browser.await("tbody").getText()).isEqualTo(second);
        assertThat(browser.await("select[name=class]").getDomProperty("value")).isEqualTo("succeeded");
        browser.back();
        browser.awaitText("page 1 of");
    }

    @Test
    void a_change_is_shown_without_reloading_and_told_to_who_does_not_see_it() {
        browser.script("window.mark = 'the same page'");
        long failed = (Long) database.one(
                "select count(*) from report.task where status_class = 'failed' and missing_since is null");
        String task = (String)
                database.one("update dcs.task set status = 'FAILED', status_since = now(), error_message = 'just now'"
                        + " where task_id = (select min(task_id) from dcs.task where status = 'SUCCESS' and missing_since is null)"
                        + " returning task_id");
        try {
            database.run("insert into dcs.run (source, trigger, started_at, finished_at, outcome, node, app_version)"
                    + " values ('prod-eu', 'schedule', now(), now(), 'complete', 'x', 'x')");
            browser.awaitText("just now");
            assertThat(browser.script("return document.getElementById('news').textContent"))
                    .isEqualTo("Updated: " + (failed + 1) + " failed");
            assertThat(browser.script("return window.mark")).isEqualTo("the same page");
        } finally {
            database.run("update dcs.task set status = 'SUCCESS', error_message = null where task_id = ?", task);
        }
    }

    @Test
    void a_dead_alert_is_sent_again_at_the_push_of_a_button() {
        browser.open("?view=alerts&state=dead");
        long dead = (Long) database.one("select count(*) from report.alert where state = 'dead'");
        WebElement button = browser.await("button[aria-label$=again]");
        String alert = button.getDomAttribute("data-retry");

        button.click();

        browser.awaitGone("button[data-retry='" + alert + "']");
        assertThat(database.one("select count(*) from report.alert where state = 'dead'"))
                .isEqualTo(dead - 1);
        assertThat(browser.script("return document.getElementById('news').textContent"))
                .asString()
                .startsWith("1 sent again");
    }

    @Test
    void a_database_that_is_gone_is_told_and_what_was_there_stays_until_it_is_back() {
        browser.awaitText("Failed now");
        database.goesAway();
        try {
            browser.awaitText("Out of reach");
            assertThat(browser.text()).contains("What you see is from", "Failed now");
        } finally {
            database.comesBack();
        }
        browser.awaitGone("#trouble");
        browser.complaints(); // the browser's own lines about the answers 500 and 503
    }

    @Test
    void it_can_be_used_by_keyboard_alone() {
        WebElement body = browser.driver().findElement(By.tagName("body"));
        body.sendKeys(Keys.TAB);
        assertThat(browser.driver().switchTo().activeElement().getText()).isEqualTo("Skip to content");
        WebElement tasks = browser.driver().findElement(By.linkText("Tasks"));
        browser.script("arguments[0].focus()", tasks);

        tasks.sendKeys(Keys.ENTER);

        browser.awaitText("Download as CSV");
        assertThat(browser.driver().switchTo().activeElement().getText()).isEqualTo("Tasks");
        assertThat(browser.driver().switchTo().activeElement().getTagName()).isEqualTo("h1");
    }

    @Test
    void the_look_and_the_zone_of_times_are_the_viewers_choice_and_kept() {
        WebElement time = browser.await("time");
        assertThat(time.getDomAttribute("title")).endsWith("UTC");
        String local = time.getText();

        browser.await("button[data-do=zone]").click();
        assertThat(browser.await("time").getText()).isNotEqualTo(local);
        browser.await("button[data-do=look]").click();
        String dark = (String) browser.script("return getComputedStyle(document.body).backgroundColor");
        browser.open("?view=tasks");

        assertThat(browser.script("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo(dark);
        assertThat(browser.driver().findElement(By.id("bottom")).getText()).contains("Times are in UTC");
    }

    @Test
    void what_a_task_says_is_shown_and_never_obeyed() {
        String hostile = "<img src=x onerror=\"document.title='owned'\"><script>alert(1)</script>";
        String task = (String) database.one("select min(task_id) from dcs.task where status = 'FAILED'");
        Map<String, Object> before = database.rows(
                        "select task_name, error_message from dcs.task where task_id = ?", task)
                .get(0);
        database.run("update dcs.task set task_name = ?, error_message = ? where task_id = ?", hostile, hostile, task);
        try {
            browser.open(address(task));
            browser.awaitText(hostile);
            assertThat(browser.all("main img, main script")).isEmpty();
            assertThat(browser.title()).startsWith("<img");
        } finally {
            database.run(
                    "update dcs.task set task_name = ?, error_message = ? where task_id = ?",
                    before.get("task_name"),
                    before.get("error_message"),
                    task);
        }
    }

    private String aFailedTask() {
        return address((String)
                database.one("select task_id from report.alert where state = 'dead' order by alert_id limit 1"));
    }

    private String address(String task) {
        return "?view=task&source=" + database.one("select source from dcs.task where task_id = ?", task) + "&task="
                + task;
    }
}
