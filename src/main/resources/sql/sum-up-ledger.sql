-- How much the whole ledger holds. Always returns one row.
select (select count(*) from report.sync_run) as passes,
       (select count(*) from report.sync_run where outcome in ('complete', 'repaired')) as whole_passes,
       (select count(*) from report.sync_run where outcome in ('failed', 'suspect')) as failed_passes,
       (select count(*) from report.sync_run where outcome = 'running') as unended,
       (select coalesce(sum(retries), 0) from report.sync_run) as retries,
       (select count(*) from report.task) as tasks,
       (select count(*) from report.task_transition) as transitions,
       (select count(*) from report.task_transition
        where to_class = 'failed' and from_status is not null
          and (from_class is distinct from 'failed' or from_status = to_status)) as failures,
       (select count(*) from report.alert where state = 'delivered') as delivered,
       (select count(distinct channel) from report.alert where state = 'delivered') as channels,
       (select count(*) from report.alert where state = 'pending') as pending
