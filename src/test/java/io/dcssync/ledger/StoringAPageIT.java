package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static io.dcssync.ledger.ListedTask.migrating;
import static io.dcssync.ledger.ListedTask.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What becomes of the rows of tasks, versions and transitions when a page is stored. */
class StoringAPageIT {

    @AutoClose
    private final TestLedger ledger = new TestLedger(TestLedger.channel("ops"));

    @Test
    void a_task_seen_first_has_a_row_a_version_and_its_first_transition() {
        Map<String, Object> run = ledger.sees(migrating("a").createdAt("2024-05-01T10:00:00Z"));

        assertThat(ledger.task("a"))
                .containsEntry("source", "prod")
                .containsEntry("project_id", "project-1")
                .containsEntry("task_name", "a")
                .containsEntry("status", "MIGRATING")
                .containsEntry("status_class", "active")
                .containsEntry("created_at_raw", "2024-05-01T10:00:00Z")
                .containsEntry("missing_since", null)
                .containsEntry("failure_count", 0);
        assertThat(ledger.versions("a")).singleElement().satisfies(version -> assertThat(version)
                .containsEntry("valid_to", null));
        assertThat(ledger.transitions("a")).singleElement().satisfies(first -> assertThat(first)
                .containsEntry("seq", 1)
                .containsEntry("from_status", null)
                .containsEntry("from_class", null)
                .containsEntry("to_status", "MIGRATING")
                .containsEntry("to_class", "active")
                .containsEntry("observed_after", null)
                .containsEntry("run_id", run.get("run_id")));
        assertThat(run).containsEntry("inserted", 1).containsEntry("transitions", 1);
    }

    @Test
    void the_same_again_is_neither_written_nor_locked() {
        ListedTask same = failed("a", "x")
                .createdAt("2024-05-01T10:00:00Z")
                .supporting("a", "b")
                .extra("region", "eu");
        ledger.sees(same, task("b").status(null));
        List<Map<String, Object>> before = physicalRows();

        Map<String, Object> run = ledger.sees(same, task("b").status(null));

        // xmax would be another one even for a lock
        assertThat(physicalRows()).isEqualTo(before);
        assertThat(ledger.versions("a")).hasSize(1);
        assertThat(ledger.transitions("a")).hasSize(1);
        assertThat(ledger.alerts()).hasSize(1);
        assertThat(run)
                .containsEntry("unchanged", 2)
                .containsEntry("changed", 0)
                .containsEntry("transitions", 0);
    }

    private List<Map<String, Object>> physicalRows() {
        return ledger.database()
                .rows("select task_id, ctid::text, xmin::text, xmax::text, t.*::text from dcs.task t order by task_id");
    }

    @Test
    void a_page_that_changes_nothing_does_not_wait_for_one_who_has_its_rows() throws Exception {
        ledger.sees(migrating("a"));
        TestPass pass = ledger.opens("prod");
        try (Holding rows = Holding.of(ledger.database(), "select from dcs.task for update")) {
            assertThat(pass.lists(migrating("a"))).isNotNull();
            assertThat(rows.waiting()).isZero();
        }
    }

    @Test
    void other_content_with_the_same_status_is_a_version_and_no_transition() {
        ledger.sees(migrating("a"));
        Object since = ledger.task("a").get("status_since");

        Map<String, Object> run = ledger.sees(migrating("a").named("renamed"));

        assertThat(ledger.task("a")).containsEntry("task_name", "renamed").containsEntry("status_since", since);
        assertThat(ledger.versions("a"))
                .extracting(version -> version.get("task").toString())
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"task_name\": \"a\""),
                        second -> assertThat(second).contains("\"task_name\": \"renamed\""));
        assertThat(ledger.versions("a").get(0).get("valid_to"))
                .isEqualTo(ledger.versions("a").get(1).get("valid_from"))
                .isEqualTo(ledger.task("a").get("last_changed_at"));
        assertThat(ledger.transitions("a")).hasSize(1);
        assertThat(run).containsEntry("changed", 1).containsEntry("transitions", 0);
    }

    @Test
    void each_change_of_status_continues_the_one_before_without_a_gap() {
        for (String status : List.of("CREATING", "MIGRATING", "FAILED", "MIGRATING", "SUCCESS")) {
            ledger.sees(task("a").status(status));
        }

        List<Map<String, Object>> transitions = ledger.transitions("a");
        assertThat(transitions).extracting(row -> row.get("seq")).containsExactly(1, 2, 3, 4, 5);
        assertThat(transitions)
                .extracting(row -> row.get("from_status"))
                .containsExactly(null, "CREATING", "MIGRATING", "FAILED", "MIGRATING");
        assertThat(transitions)
                .extracting(row -> row.get("to_status"))
                .containsExactly("CREATING", "MIGRATING", "FAILED", "MIGRATING", "SUCCESS");
        assertThat(transitions)
                .extracting(row -> row.get("from_class"))
                .containsExactly(null, "active", "active", "failed", "active");
        assertThat(ledger.task("a").get("status_since"))
                .isEqualTo(transitions.get(4).get("observed_at"));
    }

    @Test
    void a_status_that_is_absent_keeps_the_stored_one() {
        ledger.sees(failed("a", "x"));
        ledger.sees(failed("a", "x").status(null).named("renamed"));

        assertThat(ledger.task("a")).containsEntry("status", "FAILED").containsEntry("task_name", "renamed");
        assertThat(ledger.transitions("a")).hasSize(1);
    }

    @Test
    void a_status_that_is_absent_at_first_is_unknown_until_one_is_said() {
        ledger.sees(task("a").status(null));
        assertThat(ledger.task("a")).containsEntry("status", "UNKNOWN").containsEntry("status_class", "unknown");

        ledger.sees(migrating("a"));
        assertThat(ledger.transitions("a")).last().satisfies(last -> assertThat(last)
                .containsEntry("from_status", "UNKNOWN")
                .containsEntry("from_class", "unknown")
                .containsEntry("to_status", "MIGRATING"));
    }

    @Test
    void a_status_that_no_document_names_is_stored_as_it_is() {
        ledger.sees(task("a").status("ПАУЗА, half way"));
        assertThat(ledger.task("a"))
                .containsEntry("status", "ПАУЗА, half way")
                .containsEntry("status_class", "unknown");
    }

    @Test
    void the_class_that_a_user_gives_a_status_takes_effect() {
        ledger.sees(task("a").status("BROKEN"));
        ledger.database().run("insert into dcs.status_class values ('BROKEN', 'failed')");
        assertThat(ledger.task("a")).containsEntry("status_class", "failed");

        ledger.sees(task("a").status("BROKEN"), task("b").status("BROKEN"));

        assertThat(ledger.task("b")).containsEntry("failure_count", 1);
        assertThat(ledger.transitions("b")).singleElement().satisfies(first -> assertThat(first)
                .containsEntry("to_class", "failed"));
        assertThat(ledger.alerts()).singleElement().satisfies(alert -> assertThat(alert)
                .containsEntry("task_id", "b"));
    }

    @Test
    void an_empty_page_is_counted_and_no_more() {
        TestPass pass = ledger.opens("prod");
        assertThat(pass.lists()).isNotNull();
        assertThat(ledger.run(pass.run())).containsEntry("pages", 1).containsEntry("tasks_read", 0);
    }

    @Test
    void a_page_of_a_thousand_is_one_page() {
        ListedTask[] thousand = IntStream.range(0, 1000)
                .mapToObj(i -> i % 10 == 0 ? failed("task-" + i, "x") : migrating("task-" + i))
                .toArray(ListedTask[]::new);

        assertThat(ledger.sees(thousand)).containsEntry("inserted", 1000).containsEntry("transitions", 1000);
        assertThat(ledger.sees(thousand)).containsEntry("unchanged", 1000).containsEntry("transitions", 0);
        assertThat(ledger.alerts()).hasSize(100);
    }

    @Test
    void two_sources_may_know_tasks_of_the_same_id() {
        ledger.sees(migrating("a"));
        TestPass other = ledger.opens("test");
        other.lists(failed("a", "x"));
        other.ends();

        assertThat(ledger.database().rows("select source, status from report.task order by source"))
                .containsExactly(
                        Map.of("source", "prod", "status", "MIGRATING"), Map.of("source", "test", "status", "FAILED"));
    }

    @Test
    void characters_that_mean_something_elsewhere_mean_nothing_here() {
        String odd = "'; drop table dcs.task; -- \" \\ \\u0041 $1 ? ?? :?run :name {{env:HOME}} ${body} \t\n é 漢 🚀 %s";
        ListedTask strange = task(odd)
                .named(odd)
                .status(odd)
                .error(odd)
                .createdAt(null)
                .with("created_at_raw", odd)
                .with("description", odd)
                .supporting(odd, "")
                .extra(odd, odd);
        ledger.sees(strange);
        assertThat(ledger.sees(strange)).containsEntry("unchanged", 1);

        assertThat(ledger.task(odd))
                .containsEntry("task_name", odd)
                .containsEntry("status", odd)
                .containsEntry("error_message", odd)
                .containsEntry("created_at", null)
                .containsEntry("created_at_raw", odd)
                .containsEntry("description", odd);
        assertThat(ledger.database()
                        .one(
                                "select supported_features = array[?::text, ''] and extra ->> ? = ? from report.task",
                                odd,
                                odd,
                                odd))
                .isEqualTo(true);
        assertThat(ledger.database()
                        .one(
                                "select count(*) from report.task_as_of(now()) where task_id = ? and status = ?",
                                odd,
                                odd))
                .isEqualTo(1L);
    }
}
