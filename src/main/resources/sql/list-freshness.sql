-- Says of each source how its last pass ended and how fresh it is. No row: no source was ever read.
select f.source, coalesce(ended.outcome, 'running') as last_outcome,
       ended.error_code as last_error_code, ended.error_message as last_error_message, f.failures_in_a_row,
       to_char(f.last_complete_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as last_complete_at,
       floor(extract(epoch from f.age))::bigint as seconds_since_complete
from report.freshness f
-- the one under way, if any, has nothing to say yet
left join lateral (select r.outcome, r.error_code, r.error_message from report.sync_run r
                   where r.source = f.source and r.outcome <> 'running'
                   order by r.run_id desc limit 1) ended on true
