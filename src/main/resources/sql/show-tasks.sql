-- Answers with one page of the tasks that match, sorted, and with how many match, as JSON. Always returns one row.
with matching as materialized (
  select t.source, t.task_id,
         case ltrim(:?sort, '-')
           when 'name' then lower(coalesce(t.task_name, t.task_id))
           when 'status' then t.status
           when 'source' then t.source
           when 'error' then lower(left(t.error_message, 200))
         end as word,
         case ltrim(:?sort, '-')
           when 'since' then extract(epoch from t.status_since)
           when 'changed' then extract(epoch from t.last_changed_at)
           when 'created' then extract(epoch from t.created_at)
           when 'failures' then t.failure_count
         end * case when starts_with(:?sort, '-') then -1 else 1 end as number
  from report.task t
  where (cast(:?source as text) is null or t.source = :?source)
    and (cast(:?class as text) is null or t.status_class = :?class)
    and (cast(:?status as text) is null or t.status = :?status)
    and case :?listed when 'all' then true when 'no' then t.missing_since is not null else t.missing_since is null end
    and (cast(:?stuck as text) is null
         or t.status_class = 'active' and t.missing_since is null
            and t.last_changed_at < now() - make_interval(secs => cast(:?stuckAfterSeconds as double precision)))
    and (cast(:?q as text) is null
         or strpos(lower(concat_ws(' ', t.task_name, t.task_id, t.source_instance_name, t.source_instance_id,
                                   t.target_instance_name, t.target_instance_id, t.data_source,
                                   t.target_instance_addrs, left(t.error_message, 4096))), lower(cast(:?q as text))) > 0)
),
page as (
  select m.source, m.task_id, row_number() over () as place
  from (select * from matching
        order by case when starts_with(:?sort, '-') then word end collate "C" desc nulls last, word collate "C" nulls last,
                 number nulls last, task_id collate "C", source
        offset (cast(:?page as bigint) - 1) * cast(:?size as int)
        limit cast(:?size as int)) m
)
select cast(json_build_object(
  'now', now(),
  'count', (select count(*) from matching),
  'tasks', coalesce((
    select json_agg(json_build_object(
             'source', t.source, 'task_id', t.task_id, 'task_name', t.task_name,
             'status', t.status, 'class', t.status_class, 'status_since', t.status_since,
             'failure_count', t.failure_count, 'error_message', left(t.error_message, 1000),
             'migration_type', t.migration_type, 'migration_method', t.migration_method,
             'source_instance', coalesce(t.source_instance_name, t.source_instance_id, t.data_source),
             'target_instance', coalesce(t.target_instance_name, t.target_instance_id, t.target_instance_addrs),
             'created_at', t.created_at, 'last_changed_at', t.last_changed_at, 'missing_since', t.missing_since)
             order by p.place)
    from page p
    join report.task t on t.source = p.source and t.task_id = p.task_id), '[]')) as text)
