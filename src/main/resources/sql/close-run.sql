-- Ends a pass: stores its verdict, marks who is missing, decides on its alerts and gives the lease back, all or none.
-- No row: the pass was taken over (or, where this is the takeover, it came back to life).
with mine as materialized (
  select s.source, s.project_id, s.current_run as run_id, s.first_whole_at, s.last_whole_started_at,
         s.last_whole_filter, r.started_at, cast(:?filter as text) as filter
  from dcs.source s
  join dcs.run r on r.run_id = s.current_run
  join dcs.source before on before.source = s.source
  where s.source = :?source
    and s.current_run = cast(:?run as bigint)
    -- a page that was stored while this waited for the lock is a sign of life, however long it took
    and (not cast(:?takeover as boolean) or s.lease_until < clock_timestamp() and s.lease_until = before.lease_until)
  for update of s
),
ending as materialized (
  select m.*, clock_timestamp() as at from mine m
),
seen as materialized (
  select jsonb_array_elements_text(cast(:?seen as jsonb)) as task_id
),
lacking as materialized (
  select jsonb_array_elements_text(cast(:?lacking as jsonb)) as task_id
),
policies as (
  select * from jsonb_to_recordset(cast(:?policies as jsonb))
    p (channel text, kinds text[], first_sync text, digest_above int)
),
-- what was listed until now and was not seen, as far as this pass looked at it; only a whole pass may say what is gone
unseen as materialized (
  select t.task_id, t.task_name, a.passes, t.first_seen_at < e.started_at as known_before
  from ending e
  join dcs.task t on t.source = e.source
  left join dcs.absence a on a.source = t.source and a.task_id = t.task_id
  where cast(:?outcome as text) in ('complete', 'repaired')
    and cast(:?seen as jsonb) is not null
    and t.missing_since is null
    and (e.filter is null or strpos(t.task_name, e.filter) > 0)
    -- no join: nobody knows how long the array is, and a join by nested loop would take hours; this is hashed
    and t.task_id not in (select s.task_id from seen s)
  union all
  -- or what of the last whole pass was not seen, beside what was not seen then: a few are looked up
  select t.task_id, t.task_name, a.passes, t.first_seen_at < e.started_at
  from ending e
  cross join lateral (
    select l.task_id from lacking l
    union
    select a.task_id from dcs.absence a where a.source = e.source
  ) u
  join dcs.task t on t.source = e.source and t.task_id = u.task_id
  left join dcs.absence a on a.source = t.source and a.task_id = t.task_id
  where cast(:?outcome as text) in ('complete', 'repaired')
    and cast(:?seen as jsonb) is null
    and t.missing_since is null
    and (e.filter is null or strpos(t.task_name, e.filter) > 0)
),
-- as an array and back, so that it is not known to be long, and is hashed too
unseen_ids as materialized (
  select jsonb_array_elements_text((select jsonb_agg(u.task_id) from unseen u)) as task_id
),
brake as (
  select count(*) filter (where passes is null) as lacking,
         -- counted only where something lacks
         case when count(*) filter (where passes is null) > 0
              then (select count(*)
                    from ending e
                    join dcs.task t on t.source = e.source
                    where t.missing_since is null
                      and t.first_seen_at < e.started_at
                      and (e.filter is null or strpos(t.task_name, e.filter) > 0))
                   - count(*) filter (where passes is not null and known_before)
              else 0 end as listed_before
  from unseen
),
verdict as materialized (
  select e.*,
         case when braked then 'suspect' else cast(:?outcome as text) end as outcome,
         case when braked then 'too-many-missing' else cast(:?errorCode as text) end as error_code,
         case when braked
              then format('%s of %s tasks are no longer listed; if that is right, run: sync --accept-missing --source %s'
                          || ' (they are missing from the %s. whole pass without them on)',
                          b.lacking, b.listed_before, e.source, cast(:?missingAfter as int))
              else cast(:?errorMessage as text) end as error_message,
         not braked and cast(:?outcome as text) in ('complete', 'repaired') as whole
  from ending e
  cross join brake b
  cross join lateral (
    select not cast(:?acceptMissing as boolean)
           and b.listed_before >= 10
           and b.lacking > cast(:?maxMissingShare as double precision) * b.listed_before as braked) share
),
absent as (
  insert into dcs.absence as a (source, task_id, passes, listed_after)
  select v.source, u.task_id, 1,
         case when v.last_whole_filter is null or strpos(u.task_name, v.last_whole_filter) > 0
              then v.last_whole_started_at end
  from verdict v
  cross join unseen u
  where v.whole
  order by u.task_id
  on conflict (source, task_id) do update
  set passes = a.passes + 1
  returning a.task_id, a.passes, a.listed_after
),
gone as (
  update dcs.task t
  set missing_since = v.at
  from verdict v, absent a
  where t.source = v.source and t.task_id = a.task_id and a.passes >= cast(:?missingAfter as int)
  returning t.source, t.task_id, t.task_name, t.missing_since, a.listed_after
),
versions as (
  insert into dcs.task_version (source, task_id, valid_from, task)
  select g.source, g.task_id, g.missing_since, null from gone g
),
-- active tasks that have not changed for too long
stuck as (
  select v.source, t.task_id, t.task_name, t.last_changed_at
  from verdict v
  join dcs.task t on t.source = v.source
  where v.whole
    and exists (select from policies p where 'stuck' = any (p.kinds))
    and t.status in (select c.status from dcs.status_class c where c.class = 'active')
    and t.last_changed_at < v.at - make_interval(secs => cast(:?stuckAfterSeconds as double precision))
    and t.missing_since is null
    and (v.filter is null or strpos(t.task_name, v.filter) > 0)
    and t.task_id not in (select u.task_id from unseen_ids u)
),
-- the run of failures that this pass makes too long
failing as (
  select f.event_id
  from verdict v
  cross join lateral dcs.failures_in_a_row(v.source, v.run_id) f
  where dcs.is_failure(v.outcome, v.error_code)
    and f.failures >= cast(:?failingAfter as int)
),
-- what the pass as a whole has found, beside what its pages brought. What lasts is found again
found as materialized (
  select 'missing' as kind, dcs.event_id('missing', g.source, g.task_id, g.missing_since) as event_id,
         g.task_id, g.task_name, g.listed_after as observed_after
  from gone g
  union all
  select 'stuck', dcs.event_id('stuck', s.source, s.task_id, s.last_changed_at), s.task_id, s.task_name,
         s.last_changed_at
  from stuck s
  union all
  select 'sync-failing', f.event_id, null, null, null
  from failing f
),
-- what to decide on: the alerts that were held until now (all of the source, as a page that was given up may have been
-- stored after its pass had looked for them), and one for each channel that asks for what was found and was not told
-- of it; where it was muted, it was not told
undecided as materialized (
  select a.alert_id, a.channel, a.kind, a.event_id, a.task_id, t.task_name, a.observed_after,
         a.kind = 'failed' and t.from_status is null and v.first_whole_at is null as first_sight
  from verdict v
  join dcs.alert a on a.source = v.source and a.held
  join dcs.transition t on t.transition_id = a.transition_id
  union all
  select null, p.channel, f.kind, f.event_id, f.task_id, f.task_name, f.observed_after, false
  from found f
  join policies p on f.kind = any (p.kinds)
  -- no join here either; this is looked up by an index for each
  where (select count(*) from dcs.alert told
         where told.event_id = f.event_id and told.channel = p.channel and told.reason is distinct from 'muted') = 0
),
mutes as materialized (
  select m.*
  from verdict v
  join dcs.mute m on m.until > v.at and v.source like coalesce(m.source, '%')
  -- one that is just being deleted counts as deleted: nothing waits for whoever deletes it
  for key share of m skip locked
),
-- the fate of each: each (sent on its own), digest, or muted or first-sync (not sent)
fated as (
  select u.*, p.digest_above, m.mute_id,
         case when m.mute_id is not null then 'muted'
              when u.first_sight and p.first_sync = 'none' then 'first-sync'
              when u.first_sight and p.first_sync = 'digest' then 'digest'
              else 'each' end as fate,
         u.kind <> 'sync-failing' as foldable
  from undecided u
  left join policies p on p.channel = u.channel
  left join lateral (
    select m.mute_id from mutes m
    where m.task is null or u.task_id like m.task or u.task_name like m.task
    order by m.until desc, m.mute_id
    limit 1) m on true
),
decided as materialized (
  select d.alert_id, d.channel, d.kind, d.event_id, d.task_id, d.observed_after, d.mute_id,
         case when d.fate = 'each' and d.foldable and d.digest_above > 0
                   and count(*) filter (where d.fate = 'each' and d.foldable) over (partition by d.channel)
                       > d.digest_above
              then 'digest' else d.fate end as fate
  from fated d
),
digests as (
  insert into dcs.alert (event_id, channel, kind, source, project_id, run_id, held, created_at, next_attempt_at)
  -- the same events make the same digest, with one id on every channel
  select cast(md5(string_agg(cast(d.event_id as text), ' ' order by d.event_id)) as uuid), d.channel, 'digest',
         v.source, v.project_id, v.run_id, false, v.at, v.at
  from verdict v
  cross join decided d
  where d.fate = 'digest'
  group by d.channel, v.source, v.project_id, v.run_id, v.at
  returning alert_id, channel
),
released as (
  update dcs.alert a
  set held = false,
      state = case when d.fate = 'each' then 'pending' else 'suppressed' end,
      reason = nullif(d.fate, 'each'),
      digest_id = case when d.fate = 'digest' then g.alert_id end,
      mute_id = d.mute_id,
      next_attempt_at = case when d.fate = 'each' then v.at end
  from verdict v
  cross join decided d
  left join digests g on g.channel = d.channel
  where a.alert_id = d.alert_id
),
made as (
  insert into dcs.alert as a (event_id, channel, kind, source, project_id, task_id, run_id, observed_after, created_at,
                              held, state, reason, digest_id, mute_id, next_attempt_at)
  select d.event_id, d.channel, d.kind, v.source, v.project_id, d.task_id, v.run_id, d.observed_after, v.at, false,
         case when d.fate = 'each' then 'pending' else 'suppressed' end,
         nullif(d.fate, 'each'),
         g.alert_id,
         d.mute_id,
         case when d.fate = 'each' then v.at end
  from verdict v
  cross join decided d
  left join digests g on g.channel = d.channel and d.fate = 'digest'
  where d.alert_id is null
    -- what was muted and is so still is neither written nor locked
    and (d.mute_id is null
         or (select count(*) from dcs.alert told where told.event_id = d.event_id and told.channel = d.channel) = 0)
  order by d.task_id
  -- what was muted, lasts, and is so no more
  on conflict (event_id, channel) do update
  set run_id = excluded.run_id, created_at = excluded.created_at, state = excluded.state, reason = excluded.reason,
      digest_id = excluded.digest_id, mute_id = null, next_attempt_at = excluded.next_attempt_at
  where a.reason = 'muted' and excluded.mute_id is null
),
lease as (
  update dcs.source s
  set current_run = null,
      lease_until = null,
      last_run = v.run_id,
      last_run_ended_at = v.at,
      first_whole_at = case when v.whole then coalesce(s.first_whole_at, v.at) else s.first_whole_at end,
      last_whole_started_at = case when v.whole then v.started_at else s.last_whole_started_at end,
      last_whole_filter = case when v.whole then v.filter else s.last_whole_filter end
  from verdict v
  where s.source = v.source
)
update dcs.run r
set outcome = v.outcome,
    error_code = v.error_code,
    error_message = v.error_message,
    finished_at = v.at,
    missing = (select count(*) from gone),
    pages = r.pages + cast(:?pages as int),
    tasks_read = r.tasks_read + cast(:?unchanged as int) + cast(:?duplicates as int),
    unchanged = r.unchanged + cast(:?unchanged as int),
    duplicates = r.duplicates + cast(:?duplicates as int),
    requests = greatest(r.requests, cast(:?requests as int)),
    retries = greatest(r.retries, cast(:?retries as int)),
    reported_count = coalesce(cast(:?reportedCount as bigint), r.reported_count)
from verdict v
where r.run_id = v.run_id
returning r.*
