-- Measures the ledger: listed tasks of each source by what their status means, alerts of each channel by state, for how
-- many seconds each source has had no whole pass, and how many passes in a row were not whole.
select 'tasks' as meter, s.source as name, s.status_class as kind, sum(s.tasks)::double precision as value
from report.status_now s
group by s.source, s.status_class
union all
select 'alerts', a.channel, a.state, count(*)
from dcs.alert a
group by a.channel, a.state
union all
select 'age', f.source, '', extract(epoch from f.age)
from report.freshness f
where f.age is not null
union all
select 'failures', f.source, '', f.failures_in_a_row
from report.freshness f
where f.failures_in_a_row is not null
