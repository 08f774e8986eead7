-- Passes that have ended since those that were told of, oldest first, with what they found. No rows: none has.
select r.run_id, r.source, r.outcome, r.finished_at,
       extract(epoch from r.finished_at - r.started_at) as seconds,
       r.tasks_read, r.inserted, r.changed, r.missing, r.retries, r.error_message,
       found.failed_at_first_sight, found.changes
from dcs.source s
join dcs.run r on r.source = s.source
  -- a source has one live pass: its runs end in the order of their numbers
  and r.run_id > coalesce(cast(cast(:?told as jsonb) ->> s.source as bigint), 0)
cross join lateral (
  select count(*) filter (where t.from_status is null and t.to_class = 'failed') as failed_at_first_sight,
         cast(coalesce(
           jsonb_agg(jsonb_build_object('from', t.from_status, 'to', t.to_status, 'toClass', t.to_class,
                                        'task', coalesce(t.task_name, t.task_id), 'message', t.error_message)
                     order by t.transition_id)
             filter (where t.from_status is not null),
           '[]') as text) as changes
  from dcs.transition t
  where t.run_id = r.run_id) found
where r.outcome <> 'running'
order by r.finished_at, r.run_id
