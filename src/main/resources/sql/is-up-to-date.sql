-- Says whether a migration was the last one of the schema, none failed, and the roles for others have their rights.
-- An error where there is no schema yet, or no such role.
select count(*) filter (where not h.success) = 0
       and max(h.installed_rank) = max(h.installed_rank) filter (where h.version = ?)
       and has_schema_privilege('dcs_reader', 'report', 'usage')
       and (select bool_and(has_table_privilege('dcs_reader', v.oid, 'select'))
            from pg_class v
            where v.relnamespace = 'report'::regnamespace and v.relkind = 'v')
       and has_schema_privilege('dcs_writer', 'dcs', 'usage')
       and has_table_privilege('dcs_writer', 'dcs.task', 'insert')
from dcs.flyway_schema_history h
