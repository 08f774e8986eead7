package io.dcssync.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code demo}: the whole product, as somebody types it who has just got it. */
class DemoIT {

    private static final Pattern LEDGER = Pattern.compile("cat (\\S+)\\) psql -h (\\S+) -p (\\d+) -U (\\S+)");

    @TempDir
    private Path folder;

    private InstalledProgram program;

    @BeforeEach
    void install() {
        program = InstalledProgram.in(folder);
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void it_shows_failures_on_the_console_and_in_sql_until_sigterm_and_leaves_no_process_behind() {
        Running demo = program.start("demo");
        soon().until(() -> demo.out().contains("⚑ webhook got failed"));

        assertThat(demo.out())
                .startsWith("dcs-sync demo: starting")
                .containsPattern("demo-eu +complete .* read \\d+, new \\d+ \\(\\d+ failed already\\)")
                .contains("demo-ap", "⚑ webhook got digest", "→ FAILED");
        assertThat(demo.out().lines()).allMatch(line -> line.length() <= 100 && !line.contains("\u001b"));
        assertThat(ask(demo, "select count(*) from report.task")).isGreaterThanOrEqualTo(300);
        assertThat(ask(demo, "select count(*) from report.task_transition where to_class = 'failed' and seq > 1"))
                .isPositive();
        soon().until(() -> ask(
                        demo,
                        "select count(*) from report.alert where state = 'delivered' and kind = 'failed'"
                                + " and channel = 'file'")
                > 0);

        assertThat(folder.resolve("data/demo/alerts.jsonl")).content().contains("dcs.migration-task.failed.v1");

        Ended second = program.run("demo");
        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.err())
                .contains("a demo is running already", "data/demo")
                .hasLineCount(1);

        Ended ended = demo.terminate().ended(30);
        assertThat(ended.exitCode()).isEqualTo(143);
        assertThat(ended.out())
                .containsPattern("found +\\d+ transitions, [1-9]\\d* of them failures")
                .containsPattern("checked +[23]\\d\\d tasks against the endpoint: all right");
        assertThat(ended.err()).isEmpty();
        assertThat(servers()).isEmpty();
    }

    @Test
    void after_sigkill_it_begins_anew_whatever_database_the_environment_names_and_stops_by_itself() {
        Running killed = program.start("demo");
        soon().until(() -> killed.out().contains("complete"));
        killed.kill();
        assertThat(servers()).as("the database outlives a killed process").isNotEmpty();

        Running next = program.startShell(
                "DATABASE_URL=jdbc:postgresql://127.0.0.1:1/prod DATABASE_USER=me \"$PROGRAM\" demo --for 15s");
        Ended ended = next.ended(120);

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out())
                .containsPattern("demo-eu +complete .* new \\d+")
                .containsPattern("read +3\\d\\d tasks in \\d+ passes")
                .containsPattern("delivered +[1-9]\\d* alerts to 2 channels")
                .containsPattern("checked +[23]\\d\\d tasks against the endpoint: all right");
        assertThat(ended.err()).isEmpty();
        assertThat(servers()).isEmpty();
    }

    @Test
    void on_a_bad_day_of_the_endpoint_it_says_what_fails_and_every_task_is_right_in_the_end() {
        Running demo = program.start("demo", "--chaos");
        soon().until(() -> demo.out().contains("⚑ webhook got") && demo.out().matches("(?s).*\\d (retry|retries).*"));
        assertThat(demo.out()).contains("a bad day");

        Ended ended = demo.terminate().ended(30);

        assertThat(ended.exitCode()).isEqualTo(143);
        assertThat(ended.out())
                .containsPattern("read +\\d+ tasks in \\d+ passes \\([1-9]\\d* whole\\), with [1-9]\\d* retries")
                .containsPattern("checked +[23]\\d\\d tasks against the endpoint: all right")
                .doesNotContain("stuck");
        assertThat(ended.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void what_would_empty_another_ledger_or_cannot_be_understood_is_refused() {
        Ended time = program.run("demo", "--for", "a while");
        assertThat(time.exitCode()).isEqualTo(2);
        assertThat(time.err()).contains("--for", "a while", "60s");

        Ended database = program.with("database.url", "jdbc:postgresql://db.example.com/reports")
                .run("demo");
        assertThat(database.exitCode()).isEqualTo(2);
        assertThat(database.err())
                .contains("database.url", "data/demo/postgres")
                .hasLineCount(1);
        assertThat(folder.resolve("data/demo/postgres")).doesNotExist();
    }

    /** Asks the ledger, reached as the demo's console says. */
    private long ask(Running demo, String sql) {
        Matcher ledger = LEDGER.matcher(demo.out());
        assertThat(ledger.find()).isTrue();
        try {
            String password = Files.readString(folder.resolve(ledger.group(1))).strip();
            String url = "jdbc:postgresql://" + ledger.group(2) + ":" + ledger.group(3) + "/" + ledger.group(4);
            try (Connection connection = DriverManager.getConnection(url, ledger.group(4), password);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The database servers that run on this installation's data. */
    private List<ProcessHandle> servers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder + "/data/"))
                .toList();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200));
    }
}
