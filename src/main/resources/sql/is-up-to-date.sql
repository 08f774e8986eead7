-- Says whether a migration was the last one of the schema, and none failed. An error where there is no schema yet.
select count(*) filter (where not h.success) = 0
       and max(h.installed_rank) = max(h.installed_rank) filter (where h.version = ?)
from dcs.flyway_schema_history h
