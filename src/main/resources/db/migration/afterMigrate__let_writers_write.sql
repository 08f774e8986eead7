-- Role dcs_writer: what run, sync and the other commands need where they do not own the schema (database.migrate=false), and
-- to mute. History is append-only for it, and it makes, changes and drops no table. After every migration, so that new
-- tables are covered: those that are not named here may be written. Where nothing is lacking it writes nothing. Left out
-- where the database user may not create roles.
do $$
declare
  lacking record;
begin
  -- grants of several processes at once would fail each other
  perform pg_advisory_xact_lock(hashtext('dcs-sync: let writers write'));
  if not exists (select from pg_roles where rolname = 'dcs_writer') then
    create role dcs_writer nologin;
  end if;
  if not (has_schema_privilege('dcs_writer', 'dcs', 'usage') and has_schema_privilege('dcs_writer', 'report', 'usage')) then
    grant usage on schema dcs, report to dcs_writer;
  end if;
  for lacking in
    select case c.relkind when 'S' then 'sequence' else 'table' end as kind, c.oid::regclass as name,
           string_agg(needed.privilege, ', ') as privileges
    from pg_class c
    cross join unnest(case
      when c.relkind = 'S' then array['usage']
      when c.relkind = 'v'
           or c.relname in ('flyway_schema_history', 'status_class',
                            -- triggers write these
                            'listed_daily', 'transition_daily', 'failure_daily', 'failure_reason', 'finished_migration')
        then array['select']
      when c.relname in ('transition', 'task_version') then array['select', 'insert']
      when c.relname in ('source', 'run', 'task', 'rejected_task', 'alert') then array['select', 'insert', 'update']
      else array['select', 'insert', 'update', 'delete'] end) needed (privilege)
    where c.relnamespace in ('dcs'::regnamespace, 'report'::regnamespace) and c.relkind in ('r', 'p', 'v', 'S')
      and not case when c.relkind = 'S' then has_sequence_privilege('dcs_writer', c.oid, needed.privilege)
                   else has_table_privilege('dcs_writer', c.oid, needed.privilege) end
    group by c.oid, c.relkind
  loop
    execute format('grant %s on %s %s to dcs_writer', lacking.privileges, lacking.kind, lacking.name);
  end loop;
  if exists (select from pg_proc p
             where p.pronamespace = 'report'::regnamespace
               and not has_function_privilege('dcs_writer', p.oid, 'execute')) then
    grant execute on all functions in schema report to dcs_writer;
  end if;
exception
  when insufficient_privilege then
    raise notice 'role dcs_writer is left out: the database user may not create it';
  when duplicate_object or unique_violation then
    raise notice 'role dcs_writer was created by another process at this moment';
end
$$;
