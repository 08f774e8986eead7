-- The tasks that are meant by an ID, by the beginning of one, or else by a name: the first of these that is met by any.
-- No row: none is met.
with wanted as materialized (
  select cast(:?task as text) as word, cast(:?source as text) as source
),
met as materialized (
  select t.*,
         case when t.task_id = w.word then 1
              when length(w.word) >= 8 and starts_with(t.task_id, w.word) then 2
              when t.task_name = w.word then 3 end as rank
  from wanted w
  join dcs.task t on w.source is null or t.source = w.source
)
select m.source, m.task_id, m.task_name, m.status, m.status_since, m.failure_count, m.missing_since
from met m
where m.rank = (select min(rank) from met)
order by m.task_id, m.source
limit 20
