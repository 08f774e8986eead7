-- Forgets what is too old of the next passes. No row: there are no more, or another process is at it.
select p.after_run, p.runs
from dcs.prune_runs(
  now() - make_interval(secs => cast(:?runsSeconds as double precision)),
  cast(:?afterRun as bigint), cast(:?batch as int)) p
