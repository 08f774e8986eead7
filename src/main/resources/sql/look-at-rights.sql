-- Says what the database user may do here, and whether the roles for readers and writers are there and have their rights.
-- Always returns one row.
with reader as (
  select (select bool_and(has_schema_privilege(r.oid, c.relnamespace, 'usage')
                          and has_table_privilege(r.oid, c.oid, 'select'))
          from pg_class c
          where c.relnamespace = to_regnamespace('report') and c.relkind = 'v') as reads_all
  from pg_roles r
  where r.rolname = 'dcs_reader'
),
-- its rights are given all together: those that each table and view has in common, and one that is of them
writer as (
  select (select bool_and(has_schema_privilege(r.oid, c.relnamespace, 'usage')
                          and has_table_privilege(r.oid, c.oid, 'select')
                          and (c.relname <> 'alert' or c.relkind = 'v' or has_table_privilege(r.oid, c.oid, 'update')))
          from pg_class c
          where c.relnamespace in (to_regnamespace('dcs'), to_regnamespace('report')) and c.relkind in ('r', 'p', 'v')
         ) as writes
  from pg_roles r
  where r.rolname = 'dcs_writer'
)
select quote_ident(current_database()) as database_name,
       quote_ident(current_user) as user_name,
       current_setting('transaction_read_only') = 'on' as read_only,
       has_database_privilege(current_database(), 'create') as may_create_schemas,
       to_regnamespace('dcs') is not null as has_schema,
       coalesce((select pg_has_role(nspowner, 'usage') from pg_namespace where nspname = 'dcs'), false) as owns_schema,
       coalesce((select has_schema_privilege(relnamespace, 'usage')
                        and has_table_privilege(oid, 'select') and has_table_privilege(oid, 'insert')
                        and has_table_privilege(oid, 'update')
                 from pg_class where relname = 'task' and relnamespace = to_regnamespace('dcs')), false) as may_write,
       (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) as may_create_roles,
       exists (select from reader) as has_reader,
       coalesce((select reads_all from reader), false) as reader_reads_all,
       exists (select from writer) as has_writer,
       coalesce((select writes from writer), false) as writer_writes
