package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.failed;
import static io.dcssync.ledger.ListedTask.migrating;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.demo.Comparison;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The check at the end of a demo: the ledger held against what the endpoint lists. */
class ComparingWithTheEndpointIT {

    @AutoClose
    private final TestLedger ledger = new TestLedger();

    private final Comparison comparison = new Comparison(ledger.database().dataSource());

    @Test
    void a_ledger_that_has_each_field_as_it_is_listed_is_right() throws SQLException {
        ledger.sees(
                migrating("a").createdAt("2024-04-01T10:57:00Z").supporting("resume"), failed("b", "no route to host"));

        comparison.compare("prod", List.of("""
                {"task_id":"a","task_name":"a","status":"MIGRATING","error_message":null,"version":"",
                 "created_at":"2024-04-01T10:57:00Z","supported_features":["resume"]}""", """
                {"task_id":"b","task_name":"b","status":"FAILED","error_message":"no route to host",
                 "supported_features":[]}"""));

        assertThat(comparison.isRight()).isTrue();
        assertThat(comparison.lines()).containsExactly("checked    2 tasks against the endpoint: all right");
    }

    @Test
    void each_task_that_is_not_as_it_is_listed_is_named_with_what_differs() throws SQLException {
        ledger.sees(migrating("a"), migrating("b"));

        comparison.compare("prod", List.of("""
                {"task_id":"a","task_name":"a","status":"FAILED"}""", """
                {"task_id":"c","task_name":"c","status":"MIGRATING"}"""));

        assertThat(comparison.isRight()).isFalse();
        assertThat(comparison.lines())
                .containsExactly(
                        "checked    2 tasks against the endpoint: 3 differences",
                        "           prod: task a status is \"MIGRATING\" in the ledger, and listed is \"FAILED\"",
                        "           prod: task b is no longer listed, and the ledger has it as MIGRATING",
                        "           prod: task c is listed, and the ledger does not have it");
    }

    @Test
    void a_task_that_is_known_to_be_missing_need_not_be_listed() throws SQLException {
        ledger.sees(migrating("a"), migrating("b"));
        ledger.sees(migrating("a"));
        ledger.sees(migrating("a"));

        comparison.compare("prod", List.of("""
                {"task_id":"a","task_name":"a","status":"MIGRATING"}"""));

        assertThat(comparison.isRight()).isTrue();
    }
}
