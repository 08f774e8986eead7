-- Each alert that is due looks for digests that it has to wait for. There are few; without an index of their own, they are
-- looked for among all that is pending while the table has no statistics.
create index alert_pending_digest on dcs.alert (channel, source) where kind = 'digest' and state = 'pending';
