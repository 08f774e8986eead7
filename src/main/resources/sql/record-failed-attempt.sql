-- Records that an alert could not be sent: it is tried again when its receiver asks for that, else after a backoff that
-- doubles with jitter up to 15 minutes, or is dead after the last attempt, and at once where its receiver refuses it for
-- good. No row: the claim had ended and another process has the alert.
with attempt as (
  select a.alert_id, a.attempts,
         cast(:?refusedForGood as boolean) or a.attempts + 1 >= cast(:?maxAttempts as int) as last,
         least(900, cast(:?retryDelaySeconds as double precision) * power(2, least(a.attempts, 30)) * (0.75 + random() / 2)) as backoff,
         cast(:?retryAfterSeconds as double precision) as asked
  from dcs.alert a
  where a.alert_id = cast(:?alert as bigint) and a.claim = cast(:?claim as uuid) and a.state = 'pending'
  for update
),
next as (
  select t.alert_id, t.last,
         clock_timestamp() + make_interval(secs => case
           when t.asked is null then t.backoff
           when t.attempts < 10 then t.asked
           -- one that says "soon" for hours must not use up all attempts meanwhile
           else greatest(t.asked, t.backoff) end) as again_at
  from attempt t
)
update dcs.alert a
set state = case when n.last then 'dead' else 'pending' end,
    attempts = a.attempts + 1,
    next_attempt_at = case when not n.last then n.again_at end,
    claim = null, claimed_until = null, last_error = :?error
from next n
where a.alert_id = n.alert_id
returning a.alert_id, a.attempts, a.state, to_char(a.next_attempt_at at time zone 'UTC', 'HH24:MI:SS"Z"') as again_at
