-- Forgets what is too old of the transitions and versions of the next tasks. No row: there are no more, or another process
-- is at it.
select p.after_source, p.after_task, p.transitions, p.versions
from dcs.prune_history(
  now() - make_interval(secs => cast(:?transitionsSeconds as double precision)),
  now() - make_interval(secs => cast(:?versionsSeconds as double precision)),
  cast(:?afterSource as text), cast(:?afterTask as text), cast(:?batch as int)) p
