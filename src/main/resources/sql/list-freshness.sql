-- Says of each source how fresh it is and whether its sync works. No row: no source was ever read.
select source, last_outcome, last_error_code, last_error_message, failures_in_a_row,
       to_char(last_complete_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as last_complete_at,
       floor(extract(epoch from age))::bigint as seconds_since_complete
from report.freshness
