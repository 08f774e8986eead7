-- Answers why tasks failed within the last days, the most frequent reasons first, as JSON. Always returns one row.
with counted as materialized (
  select f.reason, sum(f.failures) as failures
  from report.failure_daily f
  where f.day > cast(now() as date) - cast(:?days as int)
    and (cast(:?source as text) is null or f.source = :?source)
  group by f.reason
)
select cast(json_build_object(
  'now', now(),
  'reasons', (select count(*) from counted),
  'failures', (select coalesce(sum(c.failures), 0) from counted c),
  'most', coalesce((
    select json_agg(json_build_object(
             'reason', m.reason, 'failures', m.failures, 'last_failed_at', l.last_failed_at, 'source', l.source,
             'task_id', l.last_task_id, 'example', left(l.last_error_message, 1000)) order by m.failures desc, m.reason)
    from (select * from counted order by failures desc, reason limit 8) m
    left join lateral (select r.* from report.failure_reason r
                       where r.reason is not distinct from m.reason
                         and (cast(:?source as text) is null or r.source = :?source)
                       order by r.last_failed_at desc limit 1) l on true), '[]')) as text)
