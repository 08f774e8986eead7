-- The mirror counts and pages through the listed tasks of a project, newest first. Columns that hardly ever change only,
-- so that storing a changed task need not touch the index.
create index task_listed on dcs.task (project_id, created_at desc nulls last, task_id collate "C", source)
  where missing_since is null;
