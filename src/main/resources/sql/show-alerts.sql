-- Answers with one page of the alerts in a state, and with how many are in each, as JSON. What waits comes oldest first,
-- the rest latest first. Always returns one row.
with counted as materialized (
  select a.state, count(*) as alerts
  from report.alert a
  where cast(:?source as text) is null or a.source = :?source
  group by a.state
),
page as materialized (
  select a.alert_id, row_number() over () as place
  from (select x.alert_id
        from report.alert x
        where (cast(:?source as text) is null or x.source = :?source)
          and case when :?state = 'waiting' then x.state in ('pending', 'dead') else x.state = :?state end
        order by case when :?state in ('waiting', 'pending', 'dead') then x.alert_id else -x.alert_id end
        offset (cast(:?page as bigint) - 1) * cast(:?size as int)
        limit cast(:?size as int)) a
)
select cast(json_build_object(
  'now', now(),
  'count', (select coalesce(sum(c.alerts), 0) from counted c
            where case when :?state = 'waiting' then c.state in ('pending', 'dead') else c.state = :?state end),
  'states', coalesce((select json_object_agg(c.state, c.alerts) from counted c), '{}'),
  'alerts', coalesce((
    select json_agg(json_build_object(
             'alert_id', a.alert_id, 'channel', a.channel, 'kind', a.kind, 'source', a.source,
             'task_id', a.task_id, 'task_name', t.task_name, 'state', a.state, 'reason', a.reason,
             'attempts', a.attempts, 'created_at', a.created_at, 'next_attempt_at', a.next_attempt_at,
             'delivered_at', a.delivered_at, 'last_error', left(a.last_error, 1000),
             'channel_known', (select count(*) from jsonb_array_elements(cast(:?policies as jsonb)) c
                               where c ->> 'channel' = a.channel) > 0)
             order by p.place)
    from page p
    join report.alert a on a.alert_id = p.alert_id
    left join report.task t on t.source = a.source and t.task_id = a.task_id), '[]')) as text)
