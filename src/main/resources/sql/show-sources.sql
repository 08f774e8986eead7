-- Answers how each source is read: its freshness, its last passes, the next one, as JSON. Always returns one row.
with planned as (
  select p.source, p.project_id, p.next_at
  from jsonb_to_recordset(cast(:?timetable as jsonb)) as p (source text, project_id text, next_at timestamptz)
)
select cast(json_build_object(
  'now', now(),
  'failing_after', cast(:?failingAfter as int),
  'sources', coalesce((
    select json_agg(json_build_object(
             'source', coalesce(f.source, p.source), 'project_id', coalesce(f.project_id, p.project_id),
             'configured', p.source is not null, 'next_at', p.next_at,
             'last_complete_at', f.last_complete_at, 'failures_in_a_row', coalesce(f.failures_in_a_row, 0),
             'running_since', case when f.last_outcome = 'running' then f.last_started_at end,
             'last_outcome', ended.outcome, 'last_error_code', ended.error_code,
             'last_error_message', left(ended.error_message, 2000),
             'passes', coalesce(latest.passes, '[]'))
             order by coalesce(f.source, p.source))
    from report.freshness f
    full join planned p on p.source = f.source
    -- the one under way, if any, has nothing to say yet
    left join lateral (select r.outcome, r.error_code, r.error_message from report.sync_run r
                       where r.source = f.source and r.outcome <> 'running'
                       order by r.run_id desc limit 1) ended on true
    left join lateral (select json_agg(json_build_object('run_id', r.run_id, 'outcome', r.outcome,
                                                         'started_at', r.started_at) order by r.run_id) as passes
                       from (select * from report.sync_run x
                             where x.source = f.source order by x.run_id desc limit 30) r) latest on true), '[]')) as text)
