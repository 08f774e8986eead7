-- Records that an alert could not be sent: it is tried again after a backoff that doubles with jitter up to 15 minutes,
-- or is dead after the last attempt. No row: the claim had ended and another process has the alert.
with attempt as (
  select a.alert_id, a.attempts + 1 >= cast(:?maxAttempts as int) as last,
         clock_timestamp() + make_interval(secs => least(
           900, cast(:?retryDelaySeconds as double precision) * power(2, least(a.attempts, 30)) * (0.75 + random() / 2))) as again_at
  from dcs.alert a
  where a.alert_id = cast(:?alert as bigint) and a.claim = cast(:?claim as uuid) and a.state = 'pending'
  for update
)
update dcs.alert a
set state = case when t.last then 'dead' else 'pending' end,
    attempts = a.attempts + 1,
    next_attempt_at = case when not t.last then t.again_at end,
    claim = null, claimed_until = null, last_error = :?error
from attempt t
where a.alert_id = t.alert_id
returning a.alert_id, a.attempts, a.state, to_char(a.next_attempt_at at time zone 'UTC', 'HH24:MI:SS"Z"') as again_at
