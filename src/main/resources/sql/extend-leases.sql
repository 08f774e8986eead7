-- Extends the leases of the passes that are under way here; returns those that still hold theirs.
-- One that a statement is just working on is left alone: that statement extends it.
with live as (
  select s.source, s.current_run
  from dcs.source s
  where s.current_run in (select cast(jsonb_array_elements_text(cast(:?runs as jsonb)) as bigint))
  for update skip locked
)
update dcs.source s
set lease_until = clock_timestamp() + make_interval(secs => cast(:?leaseSeconds as double precision))
from live
where s.source = live.source
returning s.current_run as run_id
