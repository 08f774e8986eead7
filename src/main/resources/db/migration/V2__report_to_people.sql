-- What people, dashboards and BI tools read. Views only; the tables behind them may change.

create schema report;
comment on schema report is 'Read-only views of the DCS migration tasks and their history, by dcs-sync';

create view report.task as
select t.source, t.project_id, t.task_id, t.task_name, t.status, coalesce(c.class, 'unknown') as status_class,
       t.migration_type, t.migration_method, t.ecs_tenant_private_ip, t.data_source,
       t.source_instance_name, t.source_instance_id,
       t.target_instance_addrs, t.target_instance_name, t.target_instance_id,
       t.created_at, t.created_at_raw, t.description, t.source_instance_status, t.target_instance_status,
       t.source_instance_subnet_id, t.target_instance_subnet_id,
       t.source_instance_spec_code, t.target_instance_spec_code,
       t.error_message, t.released_at, t.released_at_raw, t.version, t.resume_mode, t.supported_features, t.extra,
       t.first_seen_at, t.status_since, t.last_changed_at, t.missing_since, t.failure_count
from dcs.task t
left join dcs.status_class c on c.status = t.status;
comment on view report.task is 'The last known state of each task, never deleted. Those still listed: missing_since is null';
comment on column report.task.status_class is 'What the status means: active, succeeded, failed, ended or unknown, by the table dcs.status_class';

create view report.task_transition as
select transition_id, source, project_id, task_id, task_name, seq, from_status, to_status, from_class, to_class,
       observed_after, observed_at, error_message, run_id
from dcs.transition;
comment on view report.task_transition is 'Every observed change of status, first sightings included (from_status is null). It happened between observed_after and observed_at';

create view report.task_version as
select source, task_id, valid_from,
       lead(valid_from) over (partition by source, task_id order by valid_from) as valid_to,
       task
from dcs.task_version;
comment on view report.task_version is 'Every distinct content that a task has had, and the times it was missing';
comment on column report.task_version.valid_to is 'When the next version replaced it; null: it is the present one';

create view report.sync_run as
select run_id, source, trigger, started_at, finished_at, outcome, pages, requests, retries, tasks_read, inserted,
       changed, unchanged, duplicates, rejected, transitions, missing, reported_count, error_code, error_message,
       node, app_version
from dcs.run;
comment on view report.sync_run is 'One row for each pass over a source: what it read, what it found, how it ended';

create view report.rejected_task as
select source, run_id, reason, raw, first_seen_at, last_seen_at, times
from dcs.rejected_task;
comment on view report.rejected_task is 'Entries of the list that could not be taken, one row for each distinct entry, with the reason';

create view report.alert as
select alert_id, channel, kind, source, project_id, task_id, transition_id, event_id, state, reason, attempts,
       created_at, next_attempt_at, delivered_at, last_error
from dcs.alert;
comment on view report.alert is 'One row for each event and channel, also those that are not sent';

create view report.status_now as
select t.source, t.project_id, t.status, coalesce(c.class, 'unknown') as status_class,
       count(*) as tasks, min(t.status_since) as longest_since, max(t.status_since) as latest_since
from dcs.task t
left join dcs.status_class c on c.status = t.status
where t.missing_since is null
group by t.source, t.project_id, t.status, c.class;
comment on view report.status_now is 'How many of the listed tasks are in which status now?';
comment on column report.status_now.status_class is 'What the status means: active, succeeded, failed, ended or unknown';
comment on column report.status_now.tasks is 'Listed tasks in this status';
comment on column report.status_now.longest_since is 'Since when the longest of them is in it';
comment on column report.status_now.latest_since is 'Since when the latest of them is in it';

create view report.freshness as
select s.source, s.project_id,
       whole.run_id as last_complete_run_id,
       whole.finished_at as last_complete_at,
       clock_timestamp() - whole.finished_at as age,
       (select count(*) from dcs.run r
        where r.source = s.source and r.run_id > coalesce(whole.run_id, 0)
          and (r.outcome in ('failed', 'suspect') or r.outcome = 'abandoned' and r.error_code <> 'stopped')
       ) as failures_in_a_row,
       latest.run_id as last_run_id, latest.outcome as last_outcome, latest.started_at as last_started_at,
       latest.error_code as last_error_code, latest.error_message as last_error_message
from dcs.source s
left join lateral (select r.run_id, r.finished_at from dcs.run r
                   where r.source = s.source and r.outcome in ('complete', 'repaired')
                   order by r.run_id desc limit 1) whole on true
left join lateral (select r.* from dcs.run r
                   where r.source = s.source order by r.run_id desc limit 1) latest on true;
comment on view report.freshness is 'How fresh is what is stored of each source, and does its sync work?';
comment on column report.freshness.last_complete_run_id is 'The last pass that was shown to be whole (complete or repaired); null: there was none yet';
comment on column report.freshness.last_complete_at is 'When that pass ended';
comment on column report.freshness.age is 'Time since then';
comment on column report.freshness.failures_in_a_row is 'Passes since then that failed, were suspect, or died (not those that were stopped)';
comment on column report.freshness.last_run_id is 'The latest pass, which may be running';
comment on column report.freshness.last_outcome is 'Outcome of the latest pass';
comment on column report.freshness.last_started_at is 'When the latest pass began';
comment on column report.freshness.last_error_code is 'Error code of the latest pass';
comment on column report.freshness.last_error_message is 'Error message of the latest pass';

create function report.task_as_of(at timestamptz)
returns table (
  source text, project_id text, task_id text, task_name text, status text, status_class text,
  migration_type text, migration_method text, ecs_tenant_private_ip text, data_source text,
  source_instance_name text, source_instance_id text,
  target_instance_addrs text, target_instance_name text, target_instance_id text,
  created_at timestamptz, created_at_raw text, description text, source_instance_status text,
  target_instance_status text, source_instance_subnet_id text, target_instance_subnet_id text,
  source_instance_spec_code text, target_instance_spec_code text,
  error_message text, released_at timestamptz, released_at_raw text, version text, resume_mode text,
  supported_features text[], extra jsonb, valid_from timestamptz)
language sql stable
-- with the rights of its owner, as a view would have, so that readers need none on the tables
security definer set search_path = pg_catalog, pg_temp
as $$
  select v.source, s.project_id, l.task_id, l.task_name, l.status, dcs.class_of(l.status),
         l.migration_type, l.migration_method, l.ecs_tenant_private_ip, l.data_source,
         l.source_instance_name, l.source_instance_id,
         l.target_instance_addrs, l.target_instance_name, l.target_instance_id,
         l.created_at, l.created_at_raw, l.description, l.source_instance_status,
         l.target_instance_status, l.source_instance_subnet_id, l.target_instance_subnet_id,
         l.source_instance_spec_code, l.target_instance_spec_code,
         l.error_message, l.released_at, l.released_at_raw, l.version, l.resume_mode,
         l.supported_features, l.extra, v.valid_from
  from (select distinct on (source, task_id) *
        from dcs.task_version
        where valid_from <= $1
        order by source, task_id, valid_from desc) v
  join dcs.source s on s.source = v.source
  cross join lateral jsonb_populate_record(null::dcs.task, v.task) l
  where v.task is not null
$$;
comment on function report.task_as_of(timestamptz) is 'The task list as it was known at that time: select * from report.task_as_of(now() - interval ''1 day'')';

-- A column that a view takes over as it is keeps the comment of its table.
do $$
declare
  pair record;
begin
  for pair in
    select view_column.table_name as view, view_column.column_name as name,
           col_description(table_class.oid, table_column.attnum) as comment
    from (values ('task', 'task'), ('task_transition', 'transition'), ('task_version', 'task_version'),
                 ('sync_run', 'run'), ('rejected_task', 'rejected_task'), ('alert', 'alert'),
                 ('status_now', 'task'), ('freshness', 'source')) as made_from (view, table_name)
    join information_schema.columns view_column
      on view_column.table_schema = 'report' and view_column.table_name = made_from.view
    join pg_class table_class
      on table_class.relname = made_from.table_name and table_class.relnamespace = 'dcs'::regnamespace
    join pg_attribute table_column
      on table_column.attrelid = table_class.oid and table_column.attname = view_column.column_name
    where col_description(('report.' || made_from.view)::regclass, view_column.ordinal_position) is null
  loop
    execute format('comment on column report.%I.%I is %L', pair.view, pair.name, pair.comment);
  end loop;
end
$$;
