-- The alerts that are pending or dead, oldest first, with the numbers of both in all. No row: there is none.
with waiting as materialized (
  select a.*
  from dcs.alert a
  where a.state in ('pending', 'dead')
    and (cast(:?channel as text) is null or a.channel = :?channel)
),
shown as (
  select w.* from waiting w order by w.alert_id limit cast(:?limit as int)
)
select s.alert_id, s.channel, s.kind, s.source,
       case when s.kind = 'digest'
            then (select count(*) from dcs.alert f where f.digest_id = s.alert_id) || ' tasks'
            else coalesce(nullif(t.task_name, ''), s.task_id) end as task,
       s.state, s.held, coalesce(s.claimed_until > now(), false) as being_sent,
       s.attempts, s.next_attempt_at, s.last_error,
       (select count(*) from waiting w where w.state = 'pending') as pending,
       (select count(*) from waiting w where w.state = 'dead') as dead
from shown s
left join dcs.task t on t.source = s.source and t.task_id = s.task_id
order by s.alert_id
