-- What the ledger has otherwise than the endpoint: a task and a difference in words. No row: all is as it is listed.
-- In: the listed tasks, the source.
with listed as (
  select entry ->> 'task_id' as task_id, entry
  from jsonb_array_elements(cast(? as jsonb)) as entry
),
known as (
  -- the times as the endpoint wrote them
  select t.task_id, to_jsonb(t) || jsonb_build_object('created_at', t.created_at_raw, 'released_at', t.released_at_raw) as task
  from report.task t
  where t.source = ? and t.missing_since is null
)
select task_id, 'is listed, and the ledger does not have it' as difference
from listed
where task_id not in (select task_id from known)
union all
select task_id, 'is no longer listed, and the ledger has it as ' || coalesce(task ->> 'status', 'a task without status')
from known
where task_id not in (select task_id from listed)
union all
select task_id, format('%s is %s in the ledger, and listed is %s', field.key, known.task -> field.key, field.value)
from listed
join known using (task_id)
cross join lateral jsonb_each(listed.entry) as field
-- null, empty and absent are the same
where coalesce(nullif(nullif(field.value, '""'), '[]'), 'null')
      is distinct from coalesce(nullif(nullif(known.task -> field.key, '""'), '[]'), 'null')
order by task_id, difference
