-- Role dcs_reader: SELECT on report and nothing else. After every migration, so that new views are covered.
-- Left out where the database user may not create roles; doctor prints these statements then.
do $$
begin
  if not exists (select from pg_roles where rolname = 'dcs_reader') then
    create role dcs_reader nologin;
  end if;
  revoke execute on all functions in schema report from public;
  grant usage on schema report to dcs_reader;
  grant select on all tables in schema report to dcs_reader;
  grant execute on all functions in schema report to dcs_reader;
exception
  when insufficient_privilege then
    raise notice 'role dcs_reader is left out: the database user may not create it';
  when duplicate_object or unique_violation then
    raise notice 'role dcs_reader was created by another process at this moment';
end
$$;
