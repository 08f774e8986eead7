-- The life of a task: a row for each change of its status and alert of that, for each alert that tells of no change, and
-- for each digest that tells of the task. No row: the task is not known.
with changes as (
  select t.*
  from dcs.transition t
  where t.source = :?source and t.task_id = :?task
),
own as materialized (
  select a.* from dcs.alert a where a.source = :?source and a.task_id = :?task
),
alerts as (
  select o.* from own o
  union all
  select d.* from dcs.alert d where d.alert_id in (select o.digest_id from own o)
)
select coalesce(t.observed_at, a.created_at) as at,
       t.seq, t.from_status, t.to_status, t.from_class, t.to_class, t.observed_after,
       left(t.error_message, 500) || case when length(t.error_message) > 500 then '…' else '' end as error_message,
       a.alert_id, a.channel, a.kind, cast(a.event_id as text) as event_id, a.state, a.reason, a.held, a.digest_id,
       coalesce(a.claimed_until > now(), false) as being_sent,
       a.attempts, a.next_attempt_at, a.next_attempt_at <= now() as due, a.delivered_at, a.last_error, w.waits_for,
       m.mute_id, m.why, m.created_by as muted_by, case when isfinite(m.until) then m.until end as muted_until
from changes t
full join alerts a on a.transition_id = t.transition_id
left join dcs.mute m on m.mute_id = a.mute_id
-- as when alerts are claimed: one waits for earlier ones of its task and channel, be they in a digest
left join lateral (
  select min(coalesce(d.alert_id, e.alert_id)) as waits_for
  from own e
  left join dcs.alert d on d.alert_id = e.digest_id
  where a.state = 'pending' and a.task_id is not null
    and e.channel = a.channel and e.alert_id < a.alert_id and coalesce(d.state, e.state) = 'pending'
) w on true
order by at, t.seq, a.channel, a.kind, a.alert_id
