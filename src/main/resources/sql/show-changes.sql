-- Answers with one page of the latest changes of status, newest first, and with how many there were of each class within
-- so many hours, as JSON. First sightings are none. Always returns one row.
with recent as materialized (
  select c.transition_id, c.to_class
  from report.task_transition c
  where c.observed_at >= now() - make_interval(hours => cast(:?hours as int))
    and c.from_status is not null
    and (cast(:?source as text) is null or c.source = :?source)
    and (cast(:?class as text) is null or c.to_class = :?class)
),
page as materialized (
  select r.transition_id
  from recent r
  order by r.transition_id desc
  offset (cast(:?page as bigint) - 1) * cast(:?size as int)
  limit cast(:?size as int)
)
select cast(json_build_object(
  'now', now(),
  'count', (select count(*) from recent),
  'classes', coalesce((select json_object_agg(k.to_class, k.changes)
                       from (select r.to_class, count(*) as changes from recent r group by r.to_class) k), '{}'),
  'changes', coalesce((
    select json_agg(json_build_object(
             'source', c.source, 'task_id', c.task_id, 'task_name', c.task_name,
             'from_status', c.from_status, 'from_class', c.from_class, 'to_status', c.to_status, 'class', c.to_class,
             'observed_after', c.observed_after, 'observed_at', c.observed_at,
             'error_message', case when c.to_class = 'failed' then left(c.error_message, 1000) end)
             order by c.transition_id desc)
    from page p
    join report.task_transition c on c.transition_id = p.transition_id), '[]')) as text)
