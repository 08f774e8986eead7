-- Records that a few alerts were delivered, and what kept each from some who are to be told. No row for an alert: its claim
-- had ended and another process has it.
with arrived as materialized (
  select * from jsonb_to_recordset(cast(:?deliveries as jsonb)) d (alert bigint, claim uuid, error text)
),
ours as materialized (
  select a.alert_id
  from dcs.alert a
  -- no join: nobody knows how few they are; these are looked up
  where a.alert_id = any (array(select d.alert from arrived d))
    and a.claim = any (array(select d.claim from arrived d))
    and a.state = 'pending'
  order by a.alert_id                                         -- one lock order for all who lock several
  for update
)
update dcs.alert a
set state = 'delivered', attempts = a.attempts + 1, delivered_at = clock_timestamp(), next_attempt_at = null,
    claim = null, claimed_until = null,
    last_error = (select d.error from arrived d where d.alert = a.alert_id),
    incident_open = cast(:?keepsIncidents as boolean) and a.resolves is null
where a.alert_id = any (array(select o.alert_id from ours o))
returning a.alert_id, a.attempts, a.channel, a.created_at, a.delivered_at
