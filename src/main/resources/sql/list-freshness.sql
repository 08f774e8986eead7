-- Says of each source how fresh it is and whether its sync works. No row: no source was ever read.
select source, last_outcome, last_started_at::text, last_complete_at::text,
       extract(epoch from age)::bigint as seconds_since_complete,
       failures_in_a_row, last_error_code, last_error_message
from report.freshness
