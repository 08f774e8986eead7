-- Counts the tasks that report-tasks lists. Always returns one row.
select count(*)
from report.task t
where (cast(:?sources as jsonb) is null or t.source in (select jsonb_array_elements_text(cast(:?sources as jsonb))))
  and (t.last_changed_at >= cast(:?since as timestamptz) or t.missing_since >= cast(:?since as timestamptz)
       or t.status_class = 'failed' and t.missing_since is null)
