-- Answers with one page of the passes, latest first, as JSON. Always returns one row.
with matching as materialized (
  select r.run_id
  from report.sync_run r
  where (cast(:?source as text) is null or r.source = :?source)
    and (cast(:?outcome as text) is null or r.outcome = :?outcome)
),
page as materialized (
  select m.run_id
  from matching m
  order by m.run_id desc
  offset (cast(:?page as bigint) - 1) * cast(:?size as int)
  limit cast(:?size as int)
)
select cast(json_build_object(
  'now', now(),
  'count', (select count(*) from matching),
  'passes', coalesce((
    select json_agg(json_build_object(
             'run_id', r.run_id, 'source', r.source, 'trigger', r.trigger, 'outcome', r.outcome,
             'started_at', r.started_at, 'finished_at', r.finished_at,
             'seconds', extract(epoch from coalesce(r.finished_at, now()) - r.started_at),
             'pages', r.pages, 'requests', r.requests, 'retries', r.retries, 'tasks_read', r.tasks_read,
             'inserted', r.inserted, 'changed', r.changed, 'transitions', r.transitions, 'missing', r.missing,
             'rejected', r.rejected, 'error_code', r.error_code, 'error_message', left(r.error_message, 2000),
             'node', r.node)
             order by r.run_id desc)
    from page p
    join report.sync_run r on r.run_id = p.run_id), '[]')) as text)
