-- Answers with one task and its latest 200 versions, as JSON. No row: the task is not known.
select cast(json_build_object(
  'now', now(),
  'task', (select jsonb_set(to_jsonb(t), '{error_message}', coalesce(to_jsonb(left(t.error_message, 65536)), 'null'))),
  'versions', coalesce((
    select json_agg(json_build_object(
             'valid_from', v.valid_from, 'valid_to', v.valid_to,
             'task', case when length(v.task ->> 'error_message') > 4096
                          then jsonb_set(v.task, '{error_message}', to_jsonb(left(v.task ->> 'error_message', 4096)))
                          else v.task end) order by v.valid_from desc)
    from (select * from report.task_version x
          where x.source = t.source and x.task_id = t.task_id order by x.valid_from desc limit 200) v), '[]')) as text)
from report.task t
where t.source = :?source and t.task_id = :?task
