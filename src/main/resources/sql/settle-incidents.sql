-- Queues what resolves the incidents of a channel that are over by now. No row: none is.
with over as (
  update dcs.alert a
  set incident_open = false
  where a.channel = :?channel and a.incident_open and a.state <> 'pending'
    and case when a.kind = 'digest'
             then not exists (select from dcs.alert folded
                              where folded.digest_id = a.alert_id and not dcs.is_over(folded))
             else dcs.is_over(a) end
  returning a.*
)
insert into dcs.alert (event_id, channel, kind, source, project_id, task_id, run_id, held, created_at, next_attempt_at,
                       resolves)
-- one that was sent again, and resolved again, is another event
select dcs.event_id('resolved', o.source, cast(o.alert_id as text), o.delivered_at), o.channel, 'resolved', o.source,
       o.project_id, o.task_id,
       (select r.run_id from dcs.run r where r.source = o.source order by r.run_id desc limit 1),
       false, clock_timestamp(), clock_timestamp(), o.alert_id
from over o
order by o.alert_id
returning alert_id
