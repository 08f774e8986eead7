-- Fills an empty ledger with a year of life, the same each time: sources, tasks, passes, transitions, versions, alerts. Each
-- task is migrated again and again, three to seventeen transitions, ten on average; one in fifty is under way now, one in a
-- hundred has failed. For psql, with the variable "tasks"; needs a superuser, as it leaves checks and triggers out.

\set sources 5
\set days 365

set session_replication_role = replica;
set work_mem = '256MB';
set maintenance_work_mem = '512MB';
set synchronous_commit = off;
select setseed(0.42);

insert into dcs.source (source, project_id, first_whole_at, last_whole_started_at)
select 'region-' || n, 'project-' || n, now() - make_interval(days => :days), now() - interval '5 minutes'
from generate_series(1, :sources) n;

-- a pass every five minutes over each source; a few fail
insert into dcs.run (run_id, source, trigger, started_at, finished_at, outcome, pages, requests, tasks_read, unchanged,
                     error_code, error_message, node, app_version)
select (tick - 1) * :sources + n, 'region-' || n, 'schedule', at, at + interval '40 seconds',
       case when fails then 'failed' else 'complete' end, 200, 201, 200000, 200000,
       case when fails then 'http-503' end, case when fails then 'Service Unavailable' end, 'bench', 'bench'
from generate_series(1, :days * 288) tick
cross join generate_series(1, :sources) n
cross join lateral (select now() - make_interval(days => :days) + tick * interval '5 minutes' as at, random() < 0.01 as fails) r;
select setval(pg_get_serial_sequence('dcs.run', 'run_id'), (select max(run_id) from dcs.run));

-- when each task was first seen, and how many transitions it has had: an odd number has come to an end, an even one not
create temporary table life as
select n, 'region-' || n % :sources + 1 as source, 'project-' || n % :sources + 1 as project_id,
       cast(md5('task ' || n) as uuid)::text as task_id, 'migration-' || n as task_name,
       now() - random() * make_interval(days => :days) as born,
       3 + 2 * floor(random() * 8)::int - (random() < 0.02)::int as changes
from generate_series(1, :tasks) n;

create temporary table change as
select l.*, c.*
from life l
cross join lateral (
  select s.*, coalesce(k.class, 'unknown') as to_class, lag(s.status) over moves as from_status,
         lag(coalesce(k.class, 'unknown')) over moves as from_class,
         count(*) filter (where k.class = 'failed') over moves as failure_count
  from (
    select seq, r.length, r.kind,
           case when seq = 1 then 'CREATING'
                when seq % 2 = 0 then 'MIGRATING'
                when seq < l.changes and r.outcome < 0.35 or seq = l.changes and r.outcome < 0.01
                then case when r.outcome < 0.003 then 'ERROR' else 'FAILED' end
                when r.outcome < 0.8 then 'SUCCESS'
                when r.outcome < 0.9999 then 'TERMINATED'
                else 'PAUSED' end as status,
           -- most end within the hour, some after half a day
           case when seq = l.changes and seq % 2 = 0
                then greatest(l.born + interval '1 second', now() - power(r.length, 3) * interval '4 days')
                else l.born + (now() - l.born) * greatest(seq / 2 - 1, 0) / (l.changes / 2 + 1.0)
                     + case when seq = 1 then interval '0'
                            when seq % 2 = 0 then interval '5 minutes'
                            else interval '6 minutes'
                                 + least(power(r.length, 6) * interval '12 hours',
                                         (now() - l.born) * 0.8 / (l.changes / 2 + 1.0)) end end as at
    from generate_series(1, l.changes) seq
    cross join lateral (select random() as outcome, random() as length, random() as kind, seq as of_this) r) s
  left join dcs.status_class k on k.status = s.status
  window moves as (order by s.seq)) c;
analyze life, change;

alter table dcs.transition drop constraint transition_source_task_id_seq_key;
insert into dcs.transition
  (source, project_id, task_id, task_name, seq, from_status, to_status, from_class, to_class,
   observed_after, observed_at, error_message, failure_count, run_id)
select c.source, c.project_id, c.task_id, c.task_name, c.seq, c.from_status, c.status, c.from_class, c.to_class,
       case when c.seq > 1 then c.at - interval '5 minutes' end, c.at,
       case when c.to_class = 'failed' then
         case floor(c.kind * 8)
           when 0 then 'The target instance ' || gen_random_uuid() || ' is full: OOM command not allowed when used memory > ''maxmemory'' (used ' || (c.length * 2e9)::bigint || ' bytes).'
           when 1 then 'RDB version ' || (c.length * 3 + 9)::int || ' of the source 10.0.' || (c.length * 200)::int || '.7:6379 cannot be restored by the target (highest supported: 8).'
           when 2 then 'The key "session:' || (c.length * 1e7)::bigint || '" has ' || (c.length * 2e9)::bigint || ' bytes; more than 512000000 bytes cannot be moved.'
           when 3 then 'The source instance ' || gen_random_uuid() || ' refused the password: WRONGPASS invalid username-password pair or user is disabled.'
           when 4 then 'Replication with 10.1.' || (c.length * 200)::int || '.9:6379 broke at offset ' || (c.length * 2e9)::bigint || ': client-output-buffer-limit of the source exceeded.'
           else 'Failed to connect to the source Redis 10.2.' || (c.length * 200)::int || '.3:6379: connect timed out after ' || (c.length * 9)::int || '000 ms.' end end,
       c.failure_count,
       greatest(0, least(:days * 288 - 1, floor(extract(epoch from c.at - now() + make_interval(days => :days)) / 300)::bigint))
         * :sources + c.n % :sources + 1
from change c
order by c.at;
alter table dcs.transition add unique (source, task_id, seq);

insert into dcs.task
  (source, task_id, project_id, task_name, status, migration_type, migration_method, data_source, source_instance_name,
   source_instance_id, target_instance_addrs, target_instance_name, target_instance_id, created_at, created_at_raw,
   description, error_message, released_at, released_at_raw, version, first_seen_at, status_since, last_changed_at,
   missing_since, failure_count, shown_at, seq, previous_status, transition_at, observed_after)
select l.source, l.task_id, l.project_id, l.task_name, c.to_status,
       case when l.n % 3 = 0 then 'backupfile_import' else 'online_migration' end, 'full_amount_migration',
       '10.0.' || l.n % 250 || '.' || l.n % 199 || ':6379', 'source-' || l.n, l.task_id, '10.9.0.' || l.n % 250 || ':6379',
       'target-' || l.n, md5(l.task_name), l.born, dcs.rfc3339(l.born), 'moves the cache of team ' || l.n % 97,
       c.error_message, c.observed_at, dcs.rfc3339(c.observed_at), '5.0', l.born, c.observed_at, c.observed_at,
       case when l.n % 10 = 0 and c.to_class in ('succeeded', 'ended') then c.observed_at + (now() - c.observed_at) / 2 end,
       c.failure_count, c.observed_at, c.seq, c.from_status, c.observed_at, c.observed_after
from life l
join dcs.transition c on c.source = l.source and c.task_id = l.task_id and c.seq = l.changes;

-- of the versions the first, the present one, and that the task went missing
insert into dcs.task_version (source, task_id, valid_from, task)
select t.source, t.task_id, v.at, v.task
from dcs.task t
cross join lateral (values
  (t.first_seen_at, jsonb_build_object('task_id', t.task_id, 'task_name', t.task_name, 'status', 'CREATING',
                                       'created_at', dcs.rfc3339(t.created_at), 'created_at_raw', t.created_at_raw)),
  (t.last_changed_at, dcs.listed(t)), (t.missing_since, null)) v (at, task)
where v.at is not null
order by v.at;

insert into dcs.alert (event_id, channel, kind, source, project_id, task_id, transition_id, run_id, state, held, attempts,
                       created_at, delivered_at)
select gen_random_uuid(), 'ops', 'failed', source, project_id, task_id, transition_id, run_id, 'delivered', false, 1,
       observed_at, observed_at + interval '1 minute'
from dcs.transition
where to_class = 'failed' and from_class <> 'failed';

update dcs.run r
set transitions = f.transitions, changed = f.transitions, unchanged = r.unchanged - f.transitions
from (select run_id, count(*) as transitions from dcs.transition group by run_id) f
where f.run_id = r.run_id;

reset session_replication_role;
