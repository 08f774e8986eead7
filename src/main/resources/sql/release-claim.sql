-- Gives a claimed alert back unsent. No row: the claim had ended.
update dcs.alert
set claim = null, claimed_until = null
where alert_id = cast(:?alert as bigint) and claim = cast(:?claim as uuid) and state = 'pending'
returning alert_id, attempts
