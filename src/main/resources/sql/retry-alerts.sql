-- Makes alerts due now, with attempts that start anew: the named ones where that may be, or all dead ones where none is
-- named. Returns what became of each: retried, being-sent, held, unknown, or the reason why it is not sent. No row: none
-- is dead.
with named as materialized (
  select distinct cast(jsonb_array_elements_text(cast(:?ids as jsonb)) as bigint) as alert_id
),
-- what is held is the pass's to release; a claim that another process makes meanwhile is seen once its lock is gone
locked as materialized (
  select a.alert_id, a.state, a.reason, coalesce(a.claimed_until > clock_timestamp(), false) as being_sent
  from dcs.alert a
  where not a.held
    and (a.alert_id in (select n.alert_id from named n) or cast(:?ids as jsonb) is null and a.state = 'dead')
  order by a.alert_id                                         -- one lock order for all who lock several
  for update
),
decided as materialized (
  select l.alert_id,
         case when l.being_sent then 'being-sent'
              when l.state = 'suppressed' and l.reason not in ('dropped', 'muted', 'no-incident') then l.reason
              else 'retried' end as outcome
  from locked l
),
retried as (
  update dcs.alert a
  set state = 'pending', reason = null, mute_id = null, attempts = 0, next_attempt_at = clock_timestamp(), delivered_at = null,
      claim = null, claimed_until = null
  from decided d
  where a.alert_id = d.alert_id and d.outcome = 'retried'
)
select w.alert_id, a.channel, a.digest_id,
       case when a.alert_id is null then 'unknown' else coalesce(d.outcome, 'held') end as outcome
from (select n.alert_id from named n union select d.alert_id from decided d) w
left join decided d on d.alert_id = w.alert_id
left join dcs.alert a on a.alert_id = w.alert_id
order by w.alert_id
