-- Role dcs_writer, where there is one: what Quartz needs of its tables. After every migration, as the role may have come
-- later; where nothing is lacking it writes nothing.
do $$
begin
  -- grants of several processes at once would fail each other
  perform pg_advisory_xact_lock(hashtext('dcs-sync: let writers write'));
  if exists (select from pg_roles where rolname = 'dcs_writer')
     and exists (select from pg_class c
                 where c.relnamespace = 'dcs'::regnamespace and c.relname like 'qrtz\_%' and c.relkind = 'r'
                   and not (has_table_privilege('dcs_writer', c.oid, 'select')
                            and has_table_privilege('dcs_writer', c.oid, 'insert')
                            and has_table_privilege('dcs_writer', c.oid, 'update')
                            and has_table_privilege('dcs_writer', c.oid, 'delete'))) then
    grant select, insert, update, delete on
      dcs.qrtz_job_details, dcs.qrtz_triggers, dcs.qrtz_cron_triggers, dcs.qrtz_simple_triggers,
      dcs.qrtz_simprop_triggers, dcs.qrtz_blob_triggers, dcs.qrtz_calendars, dcs.qrtz_paused_trigger_grps,
      dcs.qrtz_fired_triggers, dcs.qrtz_scheduler_state, dcs.qrtz_locks
    to dcs_writer;
  end if;
exception
  when insufficient_privilege then
    raise notice 'role dcs_writer is left as it is: the database user may not grant it anything here';
end
$$;
