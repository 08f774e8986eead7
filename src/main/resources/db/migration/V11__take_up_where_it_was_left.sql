-- Which pass of a source has ended last: a process that made it knows what it has left, and need not store it again.
alter table dcs.source
  add column last_run bigint,
  add column last_run_ended_at timestamptz,
  add check ((last_run is null) = (last_run_ended_at is null));
comment on column dcs.source.last_run is 'The pass that has ended last, however it ended; null: none has since this column is there';
comment on column dcs.source.last_run_ended_at is 'When that pass ended';

-- Alerts are claimed in their order, a few at a time: found by next_attempt_at, all that are due would be sorted each time.
create index alert_pending_in_order on dcs.alert (channel, alert_id) where state = 'pending' and not held;
drop index dcs.alert_pending;
