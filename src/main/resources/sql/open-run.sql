-- Opens a pass and takes the lease, unless another pass holds it. Always returns one row; run_id is null when no pass
-- was opened: because of holder_run, whose lease is over (expired) or not, or because the project is another one.
with candidate as materialized (
  -- no number is spent on looking at a source that is taken
  select case when not exists (select from dcs.source s where s.source = :?source and s.current_run is not null)
              then nextval(pg_get_serial_sequence('dcs.run', 'run_id')) end as run_id
),
leased as (
  insert into dcs.source as s (source, project_id, current_run, lease_until)
  select :?source, :?project, c.run_id,
         case when c.run_id is not null
              then clock_timestamp() + make_interval(secs => cast(:?leaseSeconds as double precision)) end
  from candidate c
  on conflict (source) do update
  set (current_run, lease_until) = (
        select case when free.lease then excluded.current_run else s.current_run end,
               case when free.lease then excluded.lease_until else s.lease_until end
        from (select s.current_run is null and s.project_id = excluded.project_id as lease) free)
  returning s.*
),
opened as (
  insert into dcs.run (run_id, source, trigger, started_at, node, app_version)
  select c.run_id, l.source, :?trigger, clock_timestamp(), :?node, :?version
  from leased l
  join candidate c on c.run_id = l.current_run
  returning run_id, started_at
)
select o.run_id,
       dcs.rfc3339(o.started_at) as started_at,
       -- none, where a node of an older version has made a pass since, which says nothing of it here
       case when not exists (select from dcs.run r
                             where r.source = l.source and r.run_id > l.last_run and r.run_id <> l.current_run)
            then l.last_run end as previous_run,
       l.last_run_ended_at as previous_ended_at,
       l.project_id,
       case when o.run_id is null then l.current_run end as holder_run,
       holder.node as holder_node,
       l.lease_until < clock_timestamp() as expired
from leased l
left join opened o on true
left join dcs.run holder on holder.run_id = l.current_run
