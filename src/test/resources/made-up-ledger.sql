-- A ledger as it looks after a month of two sources, with so many tasks; the same each time, but for the present.
insert into dcs.source (source, project_id, first_whole_at, last_whole_started_at)
values ('prod-eu', 'project-eu', now() - interval '30 days', now() - interval '2 min'),
       ('prod-us', 'project-us', now() - interval '30 days', now() - interval '5 hours');

insert into dcs.run (source, trigger, started_at, finished_at, outcome, pages, requests, retries, tasks_read, unchanged,
                     error_code, error_message, node, app_version)
select s.source, 'schedule', r.at, r.at + interval '7.5 s',
       case when s.source = 'prod-us' and r.n < 4 or r.n % 23 = 11 then 'failed'
            when r.n % 17 = 5 then 'repaired' else 'complete' end,
       2, 3, r.n % 5 / 4, 120, 120,
       case when s.source = 'prod-us' and r.n < 4 or r.n % 23 = 11 then 'http-503' end,
       case when s.source = 'prod-us' and r.n < 4 or r.n % 23 = 11
            then 'DCS answered 503 after 5 tries: "Service Unavailable". It is tried again with the next pass' end,
       'host:1', '1.0'
from (values ('prod-eu'), ('prod-us')) s (source)
cross join (select n, now() - interval '2 min' - n * interval '1 hour' as at from generate_series(0, 99) n) r
order by r.n desc;

create temp table made_up as
select n, case when n % 3 = 0 then 'prod-us' else 'prod-eu' end as source,
       cast(cast(md5('task ' || n) as uuid) as text) as task_id,
       (array['prod', 'dr', 'test'])[1 + n % 3] || '-' || (array['orders', 'sessions', 'iot', 'billing', 'search'])[1 + n % 5]
         || '-' || (array['cache', 'queue', 'ranking'])[1 + n / 5 % 3] || '-migration-' || n as task_name,
       case when n % 20 in (0, 7) then 'FAILED' when n % 20 in (2, 3) then 'MIGRATING' when n % 20 = 4 then 'INCRMIGEATING'
            when n % 20 = 5 then 'TERMINATED' when n % 400 = 6 then 'PAUSED_BY_MOON' else 'SUCCESS' end as status,
       (array['The key "session:' || n * 7919 || '" has ' || 100000000 + n * 6271 % 900000000 || ' bytes; more than 512000000 bytes cannot be moved in one piece',
              'Connection to 10.0.' || n % 7 || '.' || n % 250 || ':6379 timed out after 30000 ms',
              'READONLY You can''t write against a read only replica',
              'ERR max number of clients reached (' || n % 10000 || ')'])[1 + n % 10 / 3] as message,
       now() - make_interval(days => n * 7919 % 30, secs => n * 6271 % 80000) - interval '10 min' as first_seen_at
from generate_series(1, ?) n;

insert into dcs.task (source, task_id, project_id, task_name, status, migration_type, migration_method, data_source,
  source_instance_name, target_instance_name, target_instance_addrs, created_at, created_at_raw, error_message, resume_mode,
  first_seen_at, status_since, last_changed_at, missing_since, failure_count, shown_at, seq, previous_status, transition_at,
  observed_after)
select m.source, m.task_id, replace(m.source, 'prod-', 'project-'), m.task_name, m.status,
       case when n % 9 = 0 then 'backupfile_import' else 'online_migration' end, 'full_amount_migration',
       '192.168.1.' || n % 250 || ':6379', 'redis-' || n % 40, 'dcs-' || n % 60, '10.1.0.' || n % 250 || ':6379',
       m.first_seen_at - interval '3 min', to_char(m.first_seen_at - interval '3 min', 'YYYY-MM-DD"T"HH24:MI:SS'),
       case when m.status = 'FAILED' then m.message end, 'auto',
       m.first_seen_at, e.at, e.at, case when n % 50 = 9 then now() - interval '3 hours' end,
       case when m.status = 'FAILED' then 1 else 0 end, e.at, e.seq,
       case when e.seq = 2 then 'MIGRATING' end, e.at, case when e.seq = 2 then e.at - interval '5 min' end
from made_up m
cross join lateral (
  select case when m.status = 'MIGRATING' then 1 else 2 end as seq,
         least(m.first_seen_at + case when m.status = 'MIGRATING' then interval '0' else make_interval(mins => 6 + n * 31 % 600) end,
               now() - interval '1 min' - make_interval(secs => n % 600)) as at) e;

insert into dcs.transition (source, project_id, task_id, task_name, seq, from_status, to_status, from_class, to_class,
  observed_after, observed_at, error_message, failure_count, run_id)
select t.source, t.project_id, t.task_id, t.task_name, c.seq, case when c.seq = 2 then 'MIGRATING' end,
       case when c.seq = t.seq then t.status else 'MIGRATING' end, case when c.seq = 2 then 'active' end,
       dcs.class_of(case when c.seq = t.seq then t.status else 'MIGRATING' end),
       case when c.seq = 2 then t.observed_after end, case when c.seq = 1 then t.first_seen_at else t.transition_at end,
       case when c.seq = t.seq then t.error_message end, case when c.seq = t.seq then t.failure_count else 0 end,
       (select max(run_id) from dcs.run r where r.source = t.source)
from dcs.task t
cross join lateral generate_series(1, t.seq) c (seq)
order by case when c.seq = 1 then t.first_seen_at else t.transition_at end;

insert into dcs.task_version (source, task_id, valid_from, task)
select t.source, t.task_id, t.transition_at, dcs.listed(t) from dcs.task t
union all
select t.source, t.task_id, t.first_seen_at, jsonb_set(dcs.listed(t) - 'error_message', '{status}', '"MIGRATING"')
from dcs.task t where t.seq = 2
union all
select t.source, t.task_id, t.missing_since, null from dcs.task t where t.missing_since is not null;

-- the pager is down, and one receiver has refused something for good
insert into dcs.alert (event_id, channel, kind, source, project_id, task_id, transition_id, run_id, state, held, attempts,
                       created_at, next_attempt_at, delivered_at, last_error)
select cast(md5('event ' || c.transition_id) as uuid), a.channel, 'failed', c.source, c.project_id, c.task_id, c.transition_id,
       c.run_id, a.state, false, case a.state when 'delivered' then 1 when 'dead' then 100 else 4 end, c.observed_at,
       case when a.state = 'pending' then now() + interval '1 hour' end,
       case when a.state = 'delivered' then c.observed_at + interval '2 s' end,
       case when a.state <> 'delivered' then 'HTTP 503: {"error":"maintenance"}' end
from (select *, row_number() over (order by observed_at desc) as latest
      from dcs.transition where to_class = 'failed' and seq > 1) c
cross join lateral (values ('ops', 'delivered'),
  ('pager', case when c.latest <= 2 then 'pending' when c.latest <= 5 then 'dead' else 'delivered' end)) a (channel, state)
where c.latest <= 200;

drop table made_up;
