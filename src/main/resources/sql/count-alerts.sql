-- How the alerts of a source stand: sent since a time, still pending, dead.
select count(*) filter (where state = 'delivered' and delivered_at >= cast(:?since as timestamptz)) as sent,
       count(*) filter (where state = 'pending') as pending,
       count(*) filter (where state = 'dead') as dead
from dcs.alert
where source = :?source
