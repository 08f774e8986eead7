-- Role dcs_reader: SELECT on report and nothing else. After every migration, so that new views are covered; where nothing
-- is lacking it writes nothing. Left out where the database user may not create roles.
do $$
begin
  -- grants of several processes at once would fail each other
  perform pg_advisory_xact_lock(hashtext('dcs-sync: let readers read'));
  if not exists (select from pg_roles where rolname = 'dcs_reader') then
    create role dcs_reader nologin;
  end if;
  if exists (select from pg_proc p
             where p.pronamespace = 'report'::regnamespace
               and (not has_function_privilege('dcs_reader', p.oid, 'execute')
                    or p.proacl is null or exists (select from aclexplode(p.proacl) a where a.grantee = 0))) then
    revoke execute on all functions in schema report from public;
    grant execute on all functions in schema report to dcs_reader;
  end if;
  if not has_schema_privilege('dcs_reader', 'report', 'usage')
     or exists (select from pg_class c
                where c.relnamespace = 'report'::regnamespace and c.relkind = 'v'
                  and not has_table_privilege('dcs_reader', c.oid, 'select')) then
    grant usage on schema report to dcs_reader;
    grant select on all tables in schema report to dcs_reader;
  end if;
exception
  when insufficient_privilege then
    raise notice 'role dcs_reader is left out: the database user may not create it';
  when duplicate_object or unique_violation then
    raise notice 'role dcs_reader was created by another process at this moment';
end
$$;
