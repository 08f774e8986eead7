-- Stores one page or several, and counts those that brought nothing new: tasks, versions, transitions, alerts, counters, all or none. No row: the pass was taken over.
with fence as (
  update dcs.source s
  set lease_until = clock_timestamp() + make_interval(secs => cast(:?leaseSeconds as double precision))
  where s.source = :?source and s.current_run = cast(:?run as bigint)
  returning s.source, s.project_id, s.current_run as run_id, s.last_whole_started_at, s.last_whole_filter,
            clock_timestamp() as at
),
incoming as materialized (
  -- the entry as it stands is the version that it makes, so that none has to be put together again
  select f.source, f.project_id, e.listed, t.*
  from fence f
  cross join lateral jsonb_array_elements(cast(:?tasks as jsonb)) e (listed)
  cross join lateral jsonb_to_record(e.listed) t (
    task_id text, task_name text, status text, migration_type text, migration_method text, ecs_tenant_private_ip text,
    data_source text, source_instance_name text, source_instance_id text, target_instance_addrs text,
    target_instance_name text, target_instance_id text, created_at timestamptz, created_at_raw text, description text,
    source_instance_status text, target_instance_status text, source_instance_subnet_id text,
    target_instance_subnet_id text, source_instance_spec_code text, target_instance_spec_code text,
    error_message text, released_at timestamptz, released_at_raw text, version text, resume_mode text,
    supported_features text[], extra jsonb)
),
-- what equals the stored row goes no further: it is neither written nor locked
differing as materialized (
  select i.*, coalesce(i.status, t.status, 'UNKNOWN') as shown_status, coalesce(c.class = 'failed', false) as failed,
         -- the start of the last whole pass that listed the task, which is not the last one where the task is absent
         case when a.task_id is not null then a.listed_after
              when t.task_id is not null and (f.last_whole_filter is null or strpos(t.task_name, f.last_whole_filter) > 0)
              then f.last_whole_started_at
         end as listed_after
  from incoming i
  cross join fence f
  left join dcs.task t on t.source = i.source and t.task_id = i.task_id
  left join dcs.absence a on a.source = i.source and a.task_id = i.task_id
  left join dcs.status_class c on c.status = coalesce(i.status, t.status, 'UNKNOWN')
  where t.task_id is null
     or t.missing_since is not null
     or (t.task_name, t.status, t.migration_type, t.migration_method, t.ecs_tenant_private_ip, t.data_source,
         t.source_instance_name, t.source_instance_id, t.target_instance_addrs, t.target_instance_name,
         t.target_instance_id, t.created_at_raw, t.description, t.source_instance_status, t.target_instance_status,
         t.source_instance_subnet_id, t.target_instance_subnet_id, t.source_instance_spec_code,
         t.target_instance_spec_code, t.error_message, t.released_at_raw, t.version, t.resume_mode,
         t.supported_features, t.extra)
        is distinct from
        (i.task_name, coalesce(i.status, t.status), i.migration_type, i.migration_method,
         i.ecs_tenant_private_ip, i.data_source,
         i.source_instance_name, i.source_instance_id, i.target_instance_addrs, i.target_instance_name,
         i.target_instance_id, i.created_at_raw, i.description, i.source_instance_status, i.target_instance_status,
         i.source_instance_subnet_id, i.target_instance_subnet_id, i.source_instance_spec_code,
         i.target_instance_spec_code, i.error_message, i.released_at_raw, i.version, i.resume_mode,
         i.supported_features, i.extra)
),
upserted as (
  insert into dcs.task as t
    (source, task_id, project_id, task_name, status, migration_type, migration_method, ecs_tenant_private_ip,
     data_source, source_instance_name, source_instance_id, target_instance_addrs, target_instance_name,
     target_instance_id, created_at, created_at_raw, description, source_instance_status, target_instance_status,
     source_instance_subnet_id, target_instance_subnet_id, source_instance_spec_code, target_instance_spec_code,
     error_message, released_at, released_at_raw, version, resume_mode, supported_features, extra,
     first_seen_at, status_since, last_changed_at, failure_count, shown_at, seq, transition_at, observed_after)
  select d.source, d.task_id, d.project_id, d.task_name, d.shown_status, d.migration_type, d.migration_method,
         d.ecs_tenant_private_ip, d.data_source, d.source_instance_name, d.source_instance_id,
         d.target_instance_addrs, d.target_instance_name, d.target_instance_id, d.created_at, d.created_at_raw,
         d.description, d.source_instance_status, d.target_instance_status, d.source_instance_subnet_id,
         d.target_instance_subnet_id, d.source_instance_spec_code, d.target_instance_spec_code, d.error_message,
         d.released_at, d.released_at_raw, d.version, d.resume_mode, d.supported_features, d.extra,
         f.at, f.at, f.at, d.failed::int, cast(:?requestedAt as timestamptz), 1, f.at,
         d.listed_after
  from differing d
  cross join fence f
  order by d.task_id                                          -- one lock order for all writers
  on conflict (source, task_id) do update
  set (seq, previous_status, transition_at, status_since, observed_after, failure_count) = (
        select t.seq + moved.count,
               case when moved.count = 1 then t.status else t.previous_status end,
               case when moved.count = 1 then excluded.transition_at else t.transition_at end,
               case when moved.count = 1 then excluded.transition_at else t.status_since end,
               -- the later one of two times that are both known to lie before the change
               case when moved.count = 1 then greatest(t.shown_at, excluded.observed_after) else t.observed_after end,
               t.failure_count + failed.count
        from (select dcs.failed_anew(t, excluded) as anew offset 0) restarted,
             lateral (select (anew or t.status is distinct from excluded.status)::int as count) moved,
             -- the row as it would be inserted has one failure, where its status is a failed one
             lateral (select (anew or excluded.failure_count = 1 and dcs.class_of(t.status) <> 'failed')::int as count) failed),
      task_name = excluded.task_name, status = excluded.status, migration_type = excluded.migration_type,
      migration_method = excluded.migration_method, ecs_tenant_private_ip = excluded.ecs_tenant_private_ip,
      data_source = excluded.data_source, source_instance_name = excluded.source_instance_name,
      source_instance_id = excluded.source_instance_id, target_instance_addrs = excluded.target_instance_addrs,
      target_instance_name = excluded.target_instance_name, target_instance_id = excluded.target_instance_id,
      created_at = excluded.created_at, created_at_raw = excluded.created_at_raw, description = excluded.description,
      source_instance_status = excluded.source_instance_status,
      target_instance_status = excluded.target_instance_status,
      source_instance_subnet_id = excluded.source_instance_subnet_id,
      target_instance_subnet_id = excluded.target_instance_subnet_id,
      source_instance_spec_code = excluded.source_instance_spec_code,
      target_instance_spec_code = excluded.target_instance_spec_code,
      error_message = excluded.error_message, released_at = excluded.released_at,
      released_at_raw = excluded.released_at_raw, version = excluded.version, resume_mode = excluded.resume_mode,
      supported_features = excluded.supported_features, extra = excluded.extra,
      last_changed_at = excluded.last_changed_at, shown_at = excluded.shown_at, missing_since = null
  where t.missing_since is not null
     or (t.task_name, t.status, t.migration_type, t.migration_method, t.ecs_tenant_private_ip, t.data_source,
         t.source_instance_name, t.source_instance_id, t.target_instance_addrs, t.target_instance_name,
         t.target_instance_id, t.created_at_raw, t.description, t.source_instance_status, t.target_instance_status,
         t.source_instance_subnet_id, t.target_instance_subnet_id, t.source_instance_spec_code,
         t.target_instance_spec_code, t.error_message, t.released_at_raw, t.version, t.resume_mode,
         t.supported_features, t.extra)
        is distinct from
        (excluded.task_name, excluded.status, excluded.migration_type, excluded.migration_method,
         excluded.ecs_tenant_private_ip, excluded.data_source,
         excluded.source_instance_name, excluded.source_instance_id, excluded.target_instance_addrs,
         excluded.target_instance_name, excluded.target_instance_id, excluded.created_at_raw, excluded.description,
         excluded.source_instance_status, excluded.target_instance_status,
         excluded.source_instance_subnet_id, excluded.target_instance_subnet_id, excluded.source_instance_spec_code,
         excluded.target_instance_spec_code, excluded.error_message, excluded.released_at_raw, excluded.version,
         excluded.resume_mode, excluded.supported_features, excluded.extra)
  returning t.*
),
returned as (
  delete from dcs.absence a
  using incoming i
  where a.source = i.source and a.task_id = i.task_id
),
versions as (
  insert into dcs.task_version (source, task_id, valid_from, task)
  select u.source, u.task_id, u.last_changed_at,
         case when i.status is null then jsonb_set(i.listed, '{status}', to_jsonb(u.status)) else i.listed end
  from upserted u
  join incoming i on i.task_id = u.task_id
),
transitions as (
  insert into dcs.transition
    (source, project_id, task_id, task_name, seq, from_status, to_status, from_class, to_class,
     observed_after, observed_at, error_message, failure_count, run_id)
  select u.source, u.project_id, u.task_id, u.task_name, u.seq, u.previous_status, u.status,
         case when u.previous_status is not null then coalesce(before.class, 'unknown') end,
         coalesce(now.class, 'unknown'),
         u.observed_after, u.transition_at, u.error_message, u.failure_count, f.run_id
  from upserted u
  cross join fence f
  left join dcs.status_class before on before.status = u.previous_status
  left join dcs.status_class now on now.status = u.status
  where u.transition_at = f.at
  order by u.task_id
  returning *
),
failures as (
  select t.*, 'failed' as kind
  from transitions t
  -- from one failed status to another name of it is no new failure; to the same name it is
  where t.to_class = 'failed' and (t.from_class is distinct from 'failed' or t.from_status = t.to_status)
),
recoveries as (
  select t.*, 'recovered' as kind
  from transitions t
  where t.to_class = 'succeeded' and t.from_class <> 'succeeded' and t.failure_count > 0
    -- the last of its failures and successes until now is a failure
    and (select earlier.to_class from dcs.transition earlier
         where earlier.source = t.source and earlier.task_id = t.task_id
           and earlier.to_class in ('failed', 'succeeded')
         order by earlier.seq desc limit 1) = 'failed'
),
unknowns as (
  select distinct on (t.to_status) t.*, 'unknown-status' as kind
  from transitions t
  where t.to_class = 'unknown'
    -- no join: without statistics it would go through all of them for each; this is looked up by an index
    and (select true from dcs.transition earlier
         where earlier.source = t.source and md5(earlier.to_status) = md5(t.to_status)
           and earlier.to_status = t.to_status and earlier.to_class = 'unknown'
         limit 1) is null
  order by t.to_status, t.task_id
),
events as materialized (
  select e.*, gen_random_uuid() as event_id
  from (table failures union all table recoveries union all table unknowns) e
),
alerts as (
  insert into dcs.alert (event_id, channel, kind, source, project_id, task_id, transition_id, run_id, created_at)
  select e.event_id, p.channel, e.kind, e.source, e.project_id, e.task_id, e.transition_id, e.run_id, e.observed_at
  from events e
  join jsonb_to_recordset(cast(:?policies as jsonb)) p (channel text, kinds text[]) on e.kind = any (p.kinds)
  order by e.transition_id
  on conflict do nothing
),
refused as (
  insert into dcs.rejected_task as r (source, fingerprint, run_id, reason, raw, first_seen_at, last_seen_at, times)
  select f.source, e.fingerprint, f.run_id, min(e.reason), min(e.raw), f.at, f.at, count(*)
  from fence f
  cross join jsonb_to_recordset(cast(:?rejected as jsonb)) e (fingerprint text, reason text, raw text)
  group by f.source, e.fingerprint, f.run_id, f.at
  order by e.fingerprint
  on conflict (source, fingerprint) do update
  set run_id = excluded.run_id, reason = excluded.reason, last_seen_at = excluded.last_seen_at,
      times = r.times + excluded.times
),
counts as (
  select (select count(*) from incoming) + cast(:?unchanged as int) as taken,
         (select count(*) from upserted where seq = 1 and first_seen_at = last_changed_at) as inserted,
         (select count(*) from upserted) as written,
         (select count(*) from transitions) as transitions,
         jsonb_array_length(cast(:?rejected as jsonb)) as rejected,
         cast(:?duplicates as int) as duplicates
)
update dcs.run r
set pages = r.pages + cast(:?pages as int),
    requests = cast(:?requests as int),
    retries = cast(:?retries as int),
    tasks_read = r.tasks_read + c.taken + c.rejected + c.duplicates,
    inserted = r.inserted + c.inserted,
    changed = r.changed + c.written - c.inserted,
    unchanged = r.unchanged + c.taken - c.written,
    duplicates = r.duplicates + c.duplicates,
    rejected = r.rejected + c.rejected,
    transitions = r.transitions + c.transitions,
    reported_count = least(r.reported_count, cast(:?reportedCount as bigint))
from fence f, counts c
where r.run_id = f.run_id
returning r.run_id, dcs.rfc3339(f.at) as stored_at
