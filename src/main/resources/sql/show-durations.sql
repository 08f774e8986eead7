-- Answers how long the migrations took that ended within the last days, as JSON: how many took up to so many seconds (null:
-- longer), and what half and nine in ten of them took at most. Where a time is known as a range only, the middle of it
-- counts. Always returns one row.
with ended as materialized (
  select m.status_class,
         extract(epoch from (m.at_least + coalesce(m.at_most, m.at_least)) / 2) as seconds
  from report.migration_duration m
  where m.ended_before >= now() - make_interval(days => cast(:?days as int))
    and m.status_class in ('succeeded', 'failed')
    and (cast(:?source as text) is null or m.source = :?source)
),
bucket (number, least, most) as (
  values (1, 0, 60), (2, 60, 300), (3, 300, 900), (4, 900, 3600), (5, 3600, 10800), (6, 10800, 28800), (7, 28800, 86400),
         (8, 86400, null)
),
counted as (
  select b.number, b.most,
         count(e.seconds) filter (where e.status_class = 'succeeded') as succeeded,
         count(e.seconds) filter (where e.status_class = 'failed') as failed
  from bucket b
  left join ended e on e.seconds >= b.least and (b.most is null or e.seconds < b.most)
  group by b.number, b.most
)
select cast(json_build_object(
  'now', now(),
  'buckets', (select json_agg(json_build_object('up_to', c.most, 'succeeded', c.succeeded, 'failed', c.failed) order by c.number)
              from counted c),
  'migrations', (select count(*) from ended),
  'median', (select percentile_cont(0.5) within group (order by e.seconds) from ended e where e.status_class = 'succeeded'),
  'ninety', (select percentile_cont(0.9) within group (order by e.seconds) from ended e where e.status_class = 'succeeded')) as text)
