-- Answers how many tasks are in which status now, are stuck or no longer listed, as JSON. Always returns one row.
with counted as (
  select n.status, n.status_class as class, sum(n.tasks) as tasks
  from report.status_now n
  where cast(:?source as text) is null or n.source = :?source
  group by n.status, n.status_class
)
select cast(json_build_object(
  'now', now(),
  'statuses', coalesce((select json_agg(json_build_object('status', c.status, 'class', c.class, 'tasks', c.tasks)
                                        order by c.tasks desc, c.status) from counted c), '[]'),
  'listed', (select coalesce(sum(c.tasks), 0) from counted c),
  'missing', (select count(*) from report.task t
              where t.missing_since is not null and (cast(:?source as text) is null or t.source = :?source)),
  'stuck', (select count(*) from report.stuck_task s
            where s.last_changed_at < now() - make_interval(secs => cast(:?stuckAfterSeconds as double precision))
              and (cast(:?source as text) is null or s.source = :?source)),
  'stuck_after_seconds', cast(:?stuckAfterSeconds as double precision)) as text)
