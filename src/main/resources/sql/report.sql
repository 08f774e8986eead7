-- Sums up the ledger, all of it at one moment, as JSON: the sources, statuses now, what happened since a time, what is failed
-- and why, what is stuck, and how the alerts stand. Always returns one row.
with period as (
  select cast(:?since as timestamptz) as since, dcs.utc_day(cast(:?since as timestamptz)) as first_day
),
asked as (
  select s.source from dcs.source s
  where cast(:?sources as jsonb) is null or s.source in (select jsonb_array_elements_text(cast(:?sources as jsonb)))
),
sources as (
  select json_build_object(
           'source', f.source, 'project_id', f.project_id,
           'last_complete_at', dcs.rfc3339(f.last_complete_at), 'age_seconds', round(extract(epoch from f.age)),
           'last_outcome', f.last_outcome, 'failures_in_a_row', f.failures_in_a_row,
           'last_error_code', f.last_error_code, 'last_error_message', left(f.last_error_message, 1000),
           'passes', made.passes, 'whole_passes', made.whole) as source
  from asked
  join report.freshness f on f.source = asked.source
  cross join period p
  cross join lateral (
    select count(*) as passes, count(*) filter (where r.outcome in ('complete', 'repaired')) as whole
    from report.sync_run r
    where r.source = f.source and r.started_at >= p.since and r.outcome <> 'running') made
  order by f.source
),
statuses as (
  select n.status, n.status_class, sum(n.tasks) as tasks
  from report.status_now n join asked on asked.source = n.source
  group by n.status, n.status_class
),
days as (
  select d.day, d.source, d.status, d.status_class, d.tasks, d.entered
  from report.status_daily d join asked on asked.source = d.source
  cross join period p
  where d.day >= p.first_day
),
changes as (
  select count(*) as transitions,
         count(*) filter (where t.from_status is null) as new_tasks,
         count(*) filter (where t.to_class = 'failed'
                            and (t.from_class is distinct from 'failed' or t.from_status = t.to_status)) as failures,
         count(*) filter (where t.to_class = 'succeeded' and t.from_class is distinct from 'succeeded') as successes
  from report.task_transition t join asked on asked.source = t.source
  cross join period p
  where t.observed_at >= p.since
),
failed as (
  select f.source, f.task_id, f.task_name, f.status, dcs.rfc3339(f.status_since) as failed_since, f.failure_count,
         f.reason, left(f.error_message, 4096) as error_message
  from report.failed_task f join asked on asked.source = f.source
  order by f.status_since desc, f.source, f.task_id
  limit 100
),
reasons as (
  select d.reason, sum(d.failures) as failures, max(d.day) as last_day,
         (select left(r.last_error_message, 1000) from report.failure_reason r join asked on asked.source = r.source
          where r.reason is not distinct from d.reason order by r.last_failed_at desc limit 1) as example
  from report.failure_daily d join asked on asked.source = d.source
  cross join period p
  where d.day >= p.first_day
  group by d.reason
  order by failures desc, d.reason
  limit 20
),
durations as (
  select m.migration_type, m.status_class, count(*) as migrations,
         percentile_cont(0.5) within group (order by extract(epoch from m.at_least)) as median_at_least,
         percentile_cont(0.5) within group (order by extract(epoch from coalesce(m.at_most, m.at_least))) as median_at_most,
         max(extract(epoch from m.at_least)) as longest_at_least
  from report.migration_duration m join asked on asked.source = m.source
  cross join period p
  where m.ended_before >= p.since
  group by m.migration_type, m.status_class
),
stuck as (
  select s.source, s.task_id, s.task_name, s.status, dcs.rfc3339(s.last_changed_at) as unchanged_since,
         round(extract(epoch from s.unchanged_for)) as unchanged_seconds
  from report.stuck_task s join asked on asked.source = s.source
  where s.last_changed_at < now() - make_interval(secs => cast(:?stuckAfterSeconds as double precision))
  order by s.last_changed_at, s.source, s.task_id
  limit 100
),
alerts as (
  select a.channel,
         count(*) filter (where a.state = 'pending') as pending,
         count(*) filter (where a.state = 'dead') as dead,
         count(*) filter (where a.state = 'delivered' and a.delivered_at >= p.since) as delivered
  from report.alert a join asked on asked.source = a.source
  cross join period p
  where a.state in ('pending', 'dead') or a.created_at >= p.since
  group by a.channel
)
select cast(json_build_object(
  'made_at', dcs.rfc3339(now()),
  'since', (select dcs.rfc3339(p.since) from period p),
  'sources', coalesce((select json_agg(s.source) from sources s), '[]'),
  'statuses', coalesce((select json_agg(s order by s.tasks desc, s.status) from statuses s), '[]'),
  'changes', (select to_json(c) from changes c),
  'days', coalesce((
    select json_agg(json_build_object('day', d.day, 'status_class', d.status_class, 'tasks', d.tasks, 'entered', d.entered)
                    order by d.day, d.status_class)
    from (select day, status_class, sum(tasks) as tasks, sum(entered) as entered from days group by day, status_class) d), '[]'),
  'failed', coalesce((select json_agg(f) from failed f), '[]'),
  'failed_count', (select coalesce(sum(s.tasks), 0) from statuses s where s.status_class = 'failed'),
  'reasons', coalesce((select json_agg(r) from reasons r), '[]'),
  'durations', coalesce((select json_agg(d order by d.migrations desc, d.migration_type) from durations d), '[]'),
  'stuck', coalesce((select json_agg(s) from stuck s), '[]'),
  'alerts', coalesce((select json_agg(a order by a.channel) from alerts a), '[]')) as text) as report
