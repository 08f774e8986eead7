-- Claims the alerts that are due on a channel, oldest first, and hides them from others until the claim ends.
-- No row: nothing is due. An alert waits for earlier ones of its task and channel, be they in a digest.
with due as materialized (
  select a.alert_id
  from dcs.alert a
  where a.channel = :?channel
    and a.state = 'pending' and not a.held
    and a.next_attempt_at <= coalesce(cast(:?dueBy as timestamptz), now())
    and (a.claimed_until is null or a.claimed_until < now())
    -- no join, which would compare all with all while the table has no statistics: looked up by an index for each
    and (select count(*) from dcs.alert earlier
         where earlier.channel = a.channel and earlier.source = a.source and earlier.task_id = a.task_id
           and earlier.state = 'pending' and earlier.alert_id < a.alert_id) = 0
    and not exists (select from dcs.alert digest
                    join dcs.alert folded on folded.digest_id = digest.alert_id and folded.task_id = a.task_id
                    where digest.channel = a.channel and digest.source = a.source and digest.kind = 'digest'
                      and digest.state = 'pending' and folded.alert_id < a.alert_id)
    -- so does a digest, for each of its tasks
    and (a.kind <> 'digest'
         or not exists (select from dcs.alert folded
                        join dcs.alert earlier on earlier.channel = folded.channel and earlier.source = folded.source
                                              and earlier.task_id = folded.task_id
                        where folded.digest_id = a.alert_id
                          and earlier.state = 'pending' and earlier.alert_id < folded.alert_id)
            and not exists (select from dcs.alert digest
                            join dcs.alert before on before.digest_id = digest.alert_id
                            join dcs.alert folded on folded.digest_id = a.alert_id and folded.task_id = before.task_id
                            where digest.channel = a.channel and digest.source = a.source and digest.kind = 'digest'
                              and digest.state = 'pending' and digest.alert_id < a.alert_id))
  order by a.alert_id
  limit cast(:?batch as int)
  for update skip locked
),
claimed as (
  update dcs.alert a
  set claim = gen_random_uuid(), claimed_until = clock_timestamp() + make_interval(secs => cast(:?claimSeconds as double precision))
  from due
  where a.alert_id = due.alert_id
  returning a.*
)
select c.alert_id, cast(c.claim as text) as claim, cast(c.event_id as text) as event_id, c.channel, c.kind, c.attempts,
       c.source, c.project_id, c.task_id, c.run_id, dcs.rfc3339(now()) as claimed_at, dcs.rfc3339(c.created_at) as time,
       cast(resolved.event_id as text) as resolves,
       -- a digest has none, nor has what resolves one
       coalesce(cast(e.data as text), '{}') as data,
       cast(d.tasks as text) as tasks, d.count
from claimed c
left join dcs.event e on e.alert_id = c.alert_id
left join dcs.alert resolved on resolved.alert_id = c.resolves
left join lateral (
  select (select count(*) from dcs.alert f where f.digest_id = c.alert_id) as count,
         (select json_agg(fe.data order by f.alert_id)
          from (select f.alert_id
                from dcs.alert f
                where f.digest_id = c.alert_id
                order by f.alert_id
                limit cast(:?digestTasks as int)) f
          join dcs.event fe on fe.alert_id = f.alert_id) as tasks
) d on c.kind = 'digest'
order by c.alert_id
