-- How alerts stand after they were retried. Always returns one row.
select count(*) filter (where state = 'delivered') as delivered,
       count(*) filter (where state = 'pending') as pending,
       count(*) filter (where state = 'dead') as dead
from dcs.alert
where alert_id in (select cast(jsonb_array_elements_text(cast(:?ids as jsonb)) as bigint))
