-- Gives up what is pending or dead on a channel; what is being sent and what is held is left, and what is still to
-- resolve an incident where its receiver keeps those, as it would stay open for ever. Always returns one row.
with locked as materialized (
  select a.alert_id, a.state, coalesce(a.claimed_until > clock_timestamp(), false) as being_sent,
         cast(:?keepsIncidents as boolean) and a.kind = 'resolved' and a.state = 'pending' as resolving
  from dcs.alert a
  where a.channel = :?channel and a.state in ('pending', 'dead') and not a.held
  order by a.alert_id                                         -- one lock order for all who lock several
  for update
),
dropped as (
  update dcs.alert a
  set state = 'suppressed', reason = 'dropped', next_attempt_at = null, claim = null, claimed_until = null
  from locked l
  where a.alert_id = l.alert_id and not l.being_sent and not l.resolving
  returning l.state as was
)
select (select count(*) from dropped where was = 'pending') as pending,
       (select count(*) from dropped where was = 'dead') as dead,
       (select count(*) from locked where being_sent and not resolving) as being_sent,
       (select count(*) from locked where resolving) as resolving,
       (select count(*) from dcs.alert where channel = :?channel and held) as held
