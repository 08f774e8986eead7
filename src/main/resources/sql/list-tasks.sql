-- Lists a project's tasks as DCS does: one page, newest first, and how many match in all. A row for each task of the
-- page; if it is empty, one that has only the count. No row: no source has read this project as a whole yet.
with project as materialized (
  select count(*) as sources, count(f.last_complete_at) as whole from report.freshness f where f.project_id = :?project
),
-- a task that several sources list is shown as the one that saw it change last
outdated as materialized (
  select r.source, r.task_id
  from (select t.source, t.task_id,
               row_number() over (partition by t.task_id collate "C" order by t.last_changed_at desc, t.source) as place
        from dcs.task t
        where t.project_id = :?project and t.missing_since is null and (select p.sources from project p) > 1) r
  where r.place > 1
),
-- twice, since the index alone answers each; from the table, since through the view report.task it would not
matching as not materialized (
  select t.source, t.task_id, t.created_at
  from dcs.task t
  where t.project_id = :?project and t.missing_since is null
    and (cast(:?name as text) is null or strpos(t.task_name, cast(:?name as text)) > 0)
    and (t.source, t.task_id) not in (select o.source, o.task_id from outdated o)
),
page as (
  select m.source, m.task_id, m.created_at
  from matching m
  order by m.created_at desc nulls last, m.task_id collate "C"
  offset cast(:?offset as int) limit cast(:?limit as int)
)
select (select count(*) from matching) as count,
       t.task_id, t.task_name, t.status, t.migration_type, t.migration_method, t.ecs_tenant_private_ip, t.data_source,
       t.source_instance_name, t.source_instance_id, t.target_instance_addrs, t.target_instance_name,
       t.target_instance_id, t.created_at_raw as created_at, t.description, t.source_instance_status,
       t.target_instance_status, t.source_instance_subnet_id, t.target_instance_subnet_id,
       t.source_instance_spec_code, t.target_instance_spec_code, t.error_message, t.released_at_raw as released_at,
       t.version, t.resume_mode, cast(to_json(t.supported_features) as text) as supported_features,
       cast(t.extra - '_replaced' as text) as extra
from project
left join page p on true
left join dcs.task t on t.source = p.source and t.task_id = p.task_id
where project.whole > 0
order by p.created_at desc nulls last, p.task_id collate "C"
