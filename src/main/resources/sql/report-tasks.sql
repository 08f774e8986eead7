-- Lists the tasks that changed since a time, and those that are failed now, for a spreadsheet: the next ones after a task.
-- No row: there are no more.
select t.source, t.project_id, t.task_id, t.task_name, t.status, t.status_class,
       dcs.rfc3339(t.status_since) as status_since, dcs.rfc3339(t.last_changed_at) as last_changed_at,
       dcs.rfc3339(t.missing_since) as missing_since, t.failure_count,
       t.migration_type, t.source_instance_name, t.target_instance_name, t.error_message
from report.task t
where (t.source, t.task_id) > (:?afterSource, :?afterTask)
  and (cast(:?sources as jsonb) is null or t.source in (select jsonb_array_elements_text(cast(:?sources as jsonb))))
  and (t.last_changed_at >= cast(:?since as timestamptz) or t.missing_since >= cast(:?since as timestamptz)
       or t.status_class = 'failed' and t.missing_since is null)
order by t.source, t.task_id
limit :?most
