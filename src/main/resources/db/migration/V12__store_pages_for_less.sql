-- Storing a page costs less: each of these was measured to be a large part of it.

-- The old and the new rows of a statement have no statistics: planned when they were few, all were compared with all later.
alter function dcs.count_listed() set enable_nestloop = off;

-- In the order of those who write meanwhile, nodes of an older version among them, or each might wait for the other.
lock table dcs.source, dcs.task, dcs.transition, dcs.run in access exclusive mode;

-- The statement that stores a page has the row of its source locked, which names the live run: there is nothing to look up
-- for each row once more. Runs are deleted by dcs.prune_runs alone, which keeps those that are referred to.
alter table dcs.task drop constraint task_source_fkey;
alter table dcs.transition drop constraint transition_run_id_fkey;
