-- How many alerts of a channel another process is just sending, or died while sending.
select count(*) as claims
from dcs.alert
where channel = :?channel and state = 'pending' and claimed_until > now()
