-- Queues what resolves the incidents of a channel that are over by now, and suppresses what its receiver has no use for,
-- which is left where the channel had another format before: that an incident is over where none is kept, that a task has
-- recovered where nothing else is. What was so suppressed is wanted again where it has incidents again. No row: none is over.
with useless as materialized (
  select a.alert_id
  from dcs.alert a
  where a.channel = :?channel and a.state = 'pending' and not a.held
    and (a.claimed_until is null or a.claimed_until < now())
    and case when not cast(:?keepsIncidents as boolean) then a.kind = 'resolved'
             when a.kind = 'digest' then not exists (select from dcs.alert folded
                                                     where folded.digest_id = a.alert_id and folded.kind <> 'recovered')
             else a.kind = 'recovered' end
  for update skip locked
),
suppressed as (
  update dcs.alert a
  set state = 'suppressed', reason = 'no-incident', next_attempt_at = null, claim = null, claimed_until = null
  from useless u
  where a.alert_id = u.alert_id
),
-- it has incidents again
wanted as (
  update dcs.alert a
  set state = 'pending', reason = null, next_attempt_at = clock_timestamp()
  where cast(:?keepsIncidents as boolean)
    and a.channel = :?channel and a.kind = 'resolved' and a.state = 'suppressed' and a.reason = 'no-incident'
),
over as (
  update dcs.alert a
  set incident_open = false
  where cast(:?keepsIncidents as boolean)
    and a.channel = :?channel and a.incident_open and a.state <> 'pending'
    and case when a.kind = 'digest'
             then not exists (select from dcs.alert folded
                              where folded.digest_id = a.alert_id and folded.kind <> 'recovered'
                                and not dcs.is_over(folded))
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
