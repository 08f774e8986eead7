package io.dcssync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names that people and BI tools rely on. */
class ReportedNamesIT {

    // nothing here writes
    @AutoClose
    private static final TestDatabase database = TestDatabase.fresh();

    @ParameterizedTest
    @CsvSource(delimiter = ':', textBlock = """
                    task: source, project_id, task_id, task_name, status, status_class, migration_type, migration_method, ecs_tenant_private_ip, data_source, source_instance_name, source_instance_id, target_instance_addrs, target_instance_name, target_instance_id, created_at, created_at_raw, description, source_instance_status, target_instance_status, source_instance_subnet_id, target_instance_subnet_id, source_instance_spec_code, target_instance_spec_code, error_message, released_at, released_at_raw, version, resume_mode, supported_features, extra, first_seen_at, status_since, last_changed_at, missing_since, failure_count
                    task_transition: transition_id, source, project_id, task_id, task_name, seq, from_status, to_status, from_class, to_class, observed_after, observed_at, error_message, run_id
                    task_version: source, task_id, valid_from, valid_to, task
                    sync_run: run_id, source, trigger, started_at, finished_at, outcome, pages, requests, retries, tasks_read, inserted, changed, unchanged, duplicates, rejected, transitions, missing, reported_count, error_code, error_message, node, app_version
                    rejected_task: source, run_id, reason, raw, first_seen_at, last_seen_at, times
                    alert: alert_id, channel, kind, source, project_id, task_id, transition_id, event_id, state, reason, attempts, created_at, next_attempt_at, delivered_at, last_error
                    """)
    void views_have_the_promised_columns_in_their_order(String view, String columns) {
        assertThat(database.one(
                        "select string_agg(column_name, ', ' order by ordinal_position) from information_schema.columns"
                                + " where table_schema = 'report' and table_name = ?",
                        view))
                .isEqualTo(columns.strip());
    }

    @ParameterizedTest
    @CsvSource({
        "task, extra, jsonb",
        "task, supported_features, text[]",
        "task, created_at, timestamp with time zone",
        "task_version, task, jsonb",
        "task_transition, transition_id, bigint",
        "task_transition, seq, integer",
        "sync_run, run_id, bigint",
        "alert, alert_id, bigint"
    })
    void columns_have_the_promised_types(String view, String column, String type) {
        assertThat(database.one(
                        "select format_type(atttypid, atttypmod) from pg_attribute where attrelid = ('report.' || ?)::regclass and attname = ?",
                        view,
                        column))
                .isEqualTo(type);
    }

    @Test
    void every_time_is_one_with_a_zone() {
        assertThat(database.rows("select table_name, column_name from information_schema.columns"
                        + " where table_schema in ('dcs', 'report') and data_type like 'timestamp without%'"
                        + " and table_name <> 'flyway_schema_history'"))
                .isEmpty();
    }

    @Test
    void every_table_view_and_column_says_what_it_is() {
        assertThat(database.rows("""
                                select c.oid::regclass::text as of, a.attname as column
                                from pg_class c
                                left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                                where c.relnamespace in ('dcs'::regnamespace, 'report'::regnamespace)
                                  and c.relkind in ('r', 'v', 'm') and c.relname <> 'flyway_schema_history'
                                  and (obj_description(c.oid, 'pg_class') is null
                                       -- those of Quartz's tables are Quartz's own
                                       or c.relname not like 'qrtz\\_%' and col_description(c.oid, a.attnum) is null)
                                """)).isEmpty();
    }

    @Test
    void every_function_says_what_it_is() {
        assertThat(database.rows(
                        "select proname from pg_proc where pronamespace in ('dcs'::regnamespace, 'report'::regnamespace)"
                                + " and obj_description(oid, 'pg_proc') is null"))
                .isEmpty();
    }
}
