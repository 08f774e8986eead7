-- Answers how many listed tasks were in a status of which class when each of the last days ended, as JSON. Always returns
-- one row.
with counted as (
  select d.day, d.status_class, sum(d.tasks) as tasks
  from report.status_daily d
  where d.day > cast(now() as date) - cast(:?days as int)
    and (cast(:?source as text) is null or d.source = :?source)
  group by d.day, d.status_class
)
select cast(json_build_object(
  'now', now(),
  'days', coalesce((select json_agg(json_build_object('day', c.day, 'tasks', c.tasks) order by c.day)
                    from (select day, json_object_agg(status_class, tasks) as tasks from counted group by day) c), '[]')) as text)
