-- Records that an alert was delivered, and what kept it from some who are to be told. No row: the claim had ended and another process has the alert.
update dcs.alert a
set state = 'delivered', attempts = a.attempts + 1, delivered_at = clock_timestamp(), next_attempt_at = null,
    claim = null, claimed_until = null, last_error = :?error,
    incident_open = cast(:?opensIncident as boolean)
where a.alert_id = cast(:?alert as bigint) and a.claim = cast(:?claim as uuid) and a.state = 'pending'
returning a.alert_id, a.attempts, a.channel, a.created_at, a.delivered_at
