-- Alerts of every kind: beside failures, what else happens to tasks, and that a source cannot be read.

alter table dcs.alert
  drop constraint alert_kind_check,
  drop constraint alert_check5,
  add column observed_after timestamptz,
  add constraint alert_is_of_a_kind check (kind in
    ('failed', 'recovered', 'missing', 'stuck', 'unknown-status', 'sync-failing', 'digest')),
  add constraint alert_tells_of_a_transition check
    ((kind in ('failed', 'recovered', 'unknown-status')) = (transition_id is not null)),
  add constraint alert_tells_of_a_task check
    ((kind in ('sync-failing', 'digest')) = (task_id is null)),
  add constraint alert_tells_since_when check
    (kind = 'missing' or (kind = 'stuck') = (observed_after is not null));
create index alert_of_stuck_task on dcs.alert (source, task_id, observed_after) where kind = 'stuck';
create index transition_to_unknown_status on dcs.transition (source, to_status) where to_class = 'unknown';

comment on column dcs.alert.kind is 'failed, recovered, missing, stuck, unknown-status, sync-failing, or digest: one message for many';
comment on column dcs.alert.task_id is 'Migration task ID; null for sync-failing and digest';
comment on column dcs.alert.transition_id is 'The transition it tells of; null for missing, stuck, sync-failing and digest';
comment on column dcs.alert.observed_after is 'For missing: start of the last whole pass that listed the task, null where none is known; for stuck: when the task last changed; null for the others';
comment on column report.alert.kind is 'failed, recovered, missing, stuck, unknown-status, sync-failing, or digest: one message for many';
comment on column report.alert.task_id is 'Migration task ID; null for sync-failing and digest';
comment on column report.alert.transition_id is 'The transition it tells of; null for missing, stuck, sync-failing and digest';

create function dcs.event_id(kind text, source text, what text, since timestamptz) returns uuid
language sql immutable
as $$ select cast(md5($1 || ' ' || $2 || ' ' || $3 || ' ' || dcs.rfc3339($4)) as uuid) $$;
comment on function dcs.event_id(text, text, text, timestamptz) is 'The id of an event that no transition stands for: the same whenever and for whichever channel it is asked';

create function dcs.is_failure(outcome text, error_code text) returns boolean
language sql immutable
as $$ select $1 in ('failed', 'suspect') or $1 = 'abandoned' and $2 <> 'stopped' $$;
comment on function dcs.is_failure(text, text) is 'Whether a pass that ended so counts as a failure of the sync: it failed, was suspect or died, and was not just stopped';

create function dcs.failures_in_a_row(source text, run_id bigint,
  out event_id uuid, out failures bigint, out failing_since timestamptz, out last_complete_at timestamptz)
language sql stable
as $$
  with whole as (
    select r.run_id, r.finished_at
    from dcs.run r
    where r.source = $1 and r.run_id < $2 and r.outcome in ('complete', 'repaired')
    order by r.run_id desc
    limit 1
  )
  select dcs.event_id('sync-failing', $1, cast(min(r.run_id) as text), min(r.started_at)), count(*), min(r.started_at),
         (select w.finished_at from whole w)
  from dcs.run r
  where r.source = $1
    and r.run_id > coalesce((select w.run_id from whole w), 0)
    -- the pass itself counts, though it may not have ended yet
    and (r.run_id = $2 or r.run_id < $2 and dcs.is_failure(r.outcome, r.error_code))
$$;
comment on function dcs.failures_in_a_row(text, bigint) is 'The run of failures that a pass which fails is the latest of: the id of its event, how many they are, when the first began, and when the last whole pass before them ended (null: there was none)';

drop view dcs.event;
create view dcs.event as
select a.alert_id,
       case when a.task_id is not null then json_build_object(
              'kind', a.kind, 'source', a.source, 'project_id', a.project_id,
              'task_id', a.task_id, 'task_name', v.task ->> 'task_name',
              'from_status', t.from_status, 'to_status', t.to_status,
              'observed_after', dcs.rfc3339(
                case when a.transition_id is null then a.observed_after else t.observed_after end),
              'observed_at', dcs.rfc3339(a.created_at),
              'error_message', left(v.task ->> 'error_message', 4096), 'failure_count', t.failure_count,
              -- a message may have megabytes; alerts carry 4 kB of it
              'task', case when length(v.task ->> 'error_message') > 4096
                           then jsonb_set(v.task, '{error_message}', to_jsonb(left(v.task ->> 'error_message', 4096)))
                           else v.task end)
            when a.kind = 'sync-failing' then (
              select json_build_object(
                'kind', a.kind, 'source', a.source, 'project_id', a.project_id,
                'failures', f.failures, 'failing_since', dcs.rfc3339(f.failing_since),
                'outcome', r.outcome, 'error_code', r.error_code, 'error_message', left(r.error_message, 4096),
                'last_complete_at', dcs.rfc3339(f.last_complete_at), 'run_id', r.run_id)
              from dcs.run r
              cross join lateral dcs.failures_in_a_row(r.source, r.run_id) f
              where r.run_id = a.run_id)
       end as data
from dcs.alert a
-- rows that are only ever added, as of the alert, so that each delivery says the same
left join dcs.transition t on t.transition_id = coalesce(a.transition_id, (
  select latest.transition_id from dcs.transition latest
  where latest.source = a.source and latest.task_id = a.task_id and latest.observed_at <= a.created_at
  order by latest.seq desc
  limit 1))
left join lateral (
  select listed.task from dcs.task_version listed
  where listed.source = a.source and listed.task_id = a.task_id and listed.valid_from <= a.created_at
    and listed.task is not null
  order by listed.valid_from desc
  limit 1) v on true;
comment on view dcs.event is 'What each alert says; a digest says what the alerts say that it tells of';
comment on column dcs.event.alert_id is 'Number of the alert';
comment on column dcs.event.data is 'The data of its event; null for a digest';
