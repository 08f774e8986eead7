-- Answers to the questions that people ask every morning, and what they are counted from: small tables, kept by triggers
-- in the commit of what they count, so that no question has to go through all of history. They outlive what is pruned.

create function report.fingerprint(message text) returns text
language sql immutable parallel safe
as $$
  -- a message may have megabytes; what kind it is shows in the beginning
  select left(btrim(
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
      left($1, 1000),
      '"[^"]*"|“[^”]*”|「[^」]*」|`[^`]*`', '<text>', 'g'),
      -- not a plain word, such as the name of a command; nor what stands between two apostrophes
      '(^|[^[:alnum:]])''[^'']*[^[:alpha:]''][^'']*''(?![[:alnum:]])', '\1<text>', 'g'),
      -- UUIDs, and other long hexadecimal numbers that are no decimal ones and no words
      '[[:xdigit:]]{8}(-[[:xdigit:]]{4}){3}-[[:xdigit:]]{12}|\m([a-fA-F]+[0-9]|[0-9]+[a-fA-F])[[:xdigit:]]{6,}\M', '<id>', 'g'),
      -- IPv4, IPv6 in full or with a gap, with or without a port
      '[0-9]{1,3}(\.[0-9]{1,3}){3}(:[0-9]+)?|\[?\m([[:xdigit:]]{1,4}(:[[:xdigit:]]{1,4}){4,7}|[[:xdigit:]]{1,4}(:[[:xdigit:]]{1,4})*::([[:xdigit:]]{1,4}(:[[:xdigit:]]{1,4})*)?)\]?(:[0-9]+)?', '<address>', 'g'),
      '[0-9]+([.,][0-9]+)*', '<n>', 'g'),
      '\s+', ' ', 'g')), 300)
$$;
comment on function report.fingerprint(text) is 'What kind of error a message tells of: the message without what differs from case to case (quoted text, ids, addresses, numbers), 300 characters at most';

create function dcs.utc_day(at timestamptz) returns date
language sql immutable parallel safe
as $$ select cast($1 at time zone 'UTC' as date) $$;
comment on function dcs.utc_day(timestamptz) is 'The day that a time belongs to in UTC, whatever the zone of the session';

-- An index takes no text of any length: statuses are cut to 200 characters here.

create table dcs.listed_daily (
  source text not null,
  day    date not null,
  status text not null,
  change bigint not null,
  primary key (source, day, status)
);
comment on table dcs.listed_daily is 'By how much the number of listed tasks in a status changed on a day';
comment on column dcs.listed_daily.source is 'Name of the source';
comment on column dcs.listed_daily.day is 'The day, in UTC';
comment on column dcs.listed_daily.status is 'The status, cut to 200 characters';
comment on column dcs.listed_daily.change is 'Tasks that came into it or on the list, less those that left it or the list';

create table dcs.transition_daily (
  source        text not null,
  day           date not null,
  from_status   text not null,
  to_status     text not null,
  transitions   bigint not null,
  first_at      timestamptz not null,
  first_task_id text not null,
  primary key (source, day, from_status, to_status)
);
comment on table dcs.transition_daily is 'How many transitions there were on a day';
comment on column dcs.transition_daily.source is 'Name of the source';
comment on column dcs.transition_daily.day is 'The day, in UTC';
comment on column dcs.transition_daily.from_status is 'The status before, cut to 200 characters; empty where tasks were seen for the first time';
comment on column dcs.transition_daily.to_status is 'The status after, cut to 200 characters';
comment on column dcs.transition_daily.transitions is 'How many';
comment on column dcs.transition_daily.first_at is 'When the first of them was observed';
comment on column dcs.transition_daily.first_task_id is 'The task of the first of them';

create table dcs.failure_daily (
  source   text not null,
  day      date not null,
  reason   text not null,
  failures bigint not null,
  primary key (source, day, reason)
);
comment on table dcs.failure_daily is 'How many failures of a kind there were on a day';
comment on column dcs.failure_daily.source is 'Name of the source';
comment on column dcs.failure_daily.day is 'The day, in UTC';
comment on column dcs.failure_daily.reason is 'Fingerprint of the error message; empty where there was none';
comment on column dcs.failure_daily.failures is 'How many';

create table dcs.failure_reason (
  source             text not null,
  reason             text not null,
  failures           bigint not null,
  first_failed_at    timestamptz not null,
  last_failed_at     timestamptz not null,
  last_task_id       text not null,
  last_error_message text,
  primary key (source, reason)
);
comment on table dcs.failure_reason is 'Each kind of failure that there ever was';
comment on column dcs.failure_reason.source is 'Name of the source';
comment on column dcs.failure_reason.reason is 'Fingerprint of the error message; empty where there was none';
comment on column dcs.failure_reason.failures is 'How often a task failed so';
comment on column dcs.failure_reason.first_failed_at is 'When that was observed first';
comment on column dcs.failure_reason.last_failed_at is 'When that was observed last';
comment on column dcs.failure_reason.last_task_id is 'The task that failed so last';
comment on column dcs.failure_reason.last_error_message is 'Its error message, cut to 4096 characters';

create table dcs.finished_migration (
  source         text not null,
  task_id        text not null,
  seq            int not null,
  migration_type text,
  status         text not null,
  status_class   text not null,
  started_after  timestamptz,
  started_at     timestamptz,
  ended_after    timestamptz,
  ended_at       timestamptz not null,
  failed_after   timestamptz,
  failed_at      timestamptz,
  failures       int,
  primary key (source, task_id, seq),
  check (started_at is not null or failed_at is not null)
);
create index finished_migration_by_time on dcs.finished_migration (ended_at);
create index recovery_by_time on dcs.finished_migration (ended_at) where failed_at is not null;
comment on table dcs.finished_migration is 'Each migration that was seen to end: when it began, and, where it made good for failures, since when the task had been failing';
comment on column dcs.finished_migration.source is 'Name of the source';
comment on column dcs.finished_migration.task_id is 'Migration task ID';
comment on column dcs.finished_migration.seq is 'Number of the transition that ended it';
comment on column dcs.finished_migration.migration_type is 'Migration mode at its end';
comment on column dcs.finished_migration.status is 'The status in which it ended';
comment on column dcs.finished_migration.status_class is 'Class of that status, as of then: succeeded, failed or ended';
comment on column dcs.finished_migration.started_after is 'It began after this time; null: not known';
comment on column dcs.finished_migration.started_at is 'It had begun by this time; null: it was not seen under way';
comment on column dcs.finished_migration.ended_after is 'It ended after this time';
comment on column dcs.finished_migration.ended_at is 'It had ended by this time';
comment on column dcs.finished_migration.failed_after is 'The first failure since the last success was after this time; null: not known';
comment on column dcs.finished_migration.failed_at is 'That failure had happened by this time; null: this was no recovery';
comment on column dcs.finished_migration.failures is 'Failures since the last success; null: this was no recovery';

-- What is listed in which status: by order of status for those who look for few, such as what is stuck.
create index task_by_status on dcs.task (status, source, status_since, last_changed_at)
  where missing_since is null and length(status) <= 200;
create index task_by_failures on dcs.task (failure_count) where failure_count > 1;
create index run_by_time on dcs.run (started_at);
create index failure_by_time on dcs.transition (observed_at, source, task_id) where to_class = 'failed';

create function dcs.count_listed() returns trigger
language plpgsql
-- with the rights of its owner, so that whoever writes the ledger needs none on what is counted
security definer set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    insert into dcs.listed_daily as d (source, day, status, change)
    select n.source, dcs.utc_day(n.first_seen_at), left(n.status, 200), count(*)
    from now_listed n
    where n.missing_since is null
    group by 1, 2, 3
    on conflict (source, day, status) do update set change = d.change + excluded.change;
  else
    insert into dcs.listed_daily as d (source, day, status, change)
    select n.source, dcs.utc_day(greatest(n.last_changed_at, n.missing_since)), left(moved.status, 200), sum(moved.change)
    from now_listed n
    join was_listed o on o.source = n.source and o.task_id = n.task_id
    cross join lateral (values (o.status, -1, o.missing_since), (n.status, 1, n.missing_since))
      moved (status, change, missing_since)
    where moved.missing_since is null
      and (o.status, o.missing_since is null) is distinct from (n.status, n.missing_since is null)
    group by 1, 2, 3
    on conflict (source, day, status) do update set change = d.change + excluded.change;
  end if;
  return null;
end
$$;
comment on function dcs.count_listed() is 'Trigger: counts by how much the number of listed tasks in each status changes';

create trigger count_listed_first after insert on dcs.task
  referencing new table as now_listed for each statement execute function dcs.count_listed();
create trigger count_listed_again after update on dcs.task
  referencing old table as was_listed new table as now_listed for each statement execute function dcs.count_listed();

create function dcs.count_transitions() returns trigger
language plpgsql
security definer set search_path = pg_catalog, pg_temp
as $$
begin
  if (select count(*) from added) = 0 then
    return null;
  end if;

  insert into dcs.transition_daily as d (source, day, from_status, to_status, transitions, first_at, first_task_id)
  select a.source, dcs.utc_day(a.observed_at), left(coalesce(a.from_status, ''), 200), left(a.to_status, 200),
         count(*), min(a.observed_at), (array_agg(a.task_id order by a.transition_id))[1]
  from added a
  group by 1, 2, 3, 4
  on conflict (source, day, from_status, to_status) do update
  set transitions = d.transitions + excluded.transitions;

  with failures as materialized (
    select a.*, coalesce(report.fingerprint(a.error_message), '') as reason
    from added a
    -- from one failed status to another name of it is no new failure; to the same name it is
    where a.to_class = 'failed' and (a.from_class is distinct from 'failed' or a.from_status = a.to_status)
  ),
  daily as (
    insert into dcs.failure_daily as d (source, day, reason, failures)
    select f.source, dcs.utc_day(f.observed_at), f.reason, count(*)
    from failures f
    group by 1, 2, 3
    on conflict (source, day, reason) do update set failures = d.failures + excluded.failures
  )
  insert into dcs.failure_reason as r
    (source, reason, failures, first_failed_at, last_failed_at, last_task_id, last_error_message)
  select f.source, f.reason, count(*), min(f.observed_at), max(f.observed_at),
         (array_agg(f.task_id order by f.transition_id desc))[1],
         left((array_agg(f.error_message order by f.transition_id desc))[1], 4096)
  from failures f
  group by 1, 2
  on conflict (source, reason) do update
  set failures = r.failures + excluded.failures, last_failed_at = excluded.last_failed_at,
      last_task_id = excluded.last_task_id, last_error_message = excluded.last_error_message;

  -- as text, so that it is planned anew each time: a plan from when the ledger was empty goes through all of it later
  execute $ended$
    insert into dcs.finished_migration
      (source, task_id, seq, migration_type, status, status_class, started_after, started_at, ended_after, ended_at,
       failed_after, failed_at, failures)
    select e.source, e.task_id, e.seq,
           (select t.migration_type from dcs.task t where t.source = e.source and t.task_id = e.task_id),
           e.to_status, e.to_class, began.after, began.observed_at, e.observed_after, e.observed_at,
           failing.observed_after, failing.observed_at, e.failure_count - failing.failure_count + 1
    from added e
    left join lateral (
      select t.seq
      from dcs.transition t
      where t.source = e.source and t.task_id = e.task_id and t.seq < e.seq
        and t.to_class in ('succeeded', 'failed', 'ended')
      order by t.seq desc
      limit 1) earlier on true
    left join lateral (
      select t.observed_at,
             -- one that was first seen under way began when it was created, as far as that is known
             coalesce(t.observed_after, case when t.seq = 1 then (
               select least(cast(v.task ->> 'created_at' as timestamptz), t.observed_at)
               from dcs.task_version v
               where v.source = t.source and v.task_id = t.task_id and v.valid_from = t.observed_at
                 and v.task ->> 'created_at' is not null) end) as after
      from dcs.transition t
      where t.source = e.source and t.task_id = e.task_id
        and t.seq > coalesce(earlier.seq, 0) and t.seq < e.seq and t.to_class = 'active'
      order by t.seq
      limit 1) began on true
    left join lateral (
      select t.seq
      from dcs.transition t
      where e.to_class = 'succeeded' and e.failure_count > 0
        and t.source = e.source and t.task_id = e.task_id and t.seq < e.seq and t.to_class = 'succeeded'
      order by t.seq desc
      limit 1) succeeded on true
    left join lateral (
      select t.observed_after, t.observed_at, t.failure_count
      from dcs.transition t
      where e.to_class = 'succeeded' and e.failure_count > 0
        and t.source = e.source and t.task_id = e.task_id
        and t.seq > coalesce(succeeded.seq, 0) and t.seq < e.seq and t.to_class = 'failed'
      order by t.seq
      limit 1) failing on true
    where e.to_class in ('succeeded', 'failed', 'ended') and e.seq > 1
      and (began.observed_at is not null or failing.observed_at is not null)
  $ended$;
  return null;
end
$$;
comment on function dcs.count_transitions() is 'Trigger: counts transitions and failures by day, and writes down which migrations they end';

create trigger count_transitions after insert on dcs.transition
  referencing new table as added for each statement execute function dcs.count_transitions();

-- What is there already goes the same way once more, in its order, a part at a time.
create table dcs.past (like dcs.transition);
create trigger count_transitions after insert on dcs.past
  referencing new table as added for each statement execute function dcs.count_transitions();
do $$
declare
  first bigint;
  last bigint;
begin
  select min(transition_id), max(transition_id) into first, last from dcs.transition;
  while first <= last loop
    insert into dcs.past select * from dcs.transition where transition_id >= first and transition_id < first + 100000;
    truncate dcs.past;
    first := first + 100000;
  end loop;
end
$$;
drop table dcs.past;

insert into dcs.listed_daily (source, day, status, change)
select source, dcs.utc_day(at), left(status, 200), sum(change)
from (
  select t.source, t.observed_at as at, moved.status, moved.change
  from dcs.transition t
  cross join lateral (values (t.from_status, -1), (t.to_status, 1)) moved (status, change)
  where moved.status is not null and t.from_status is distinct from t.to_status
  union all
  -- the times that tasks were missing, from and to
  select gone.source, moved.at, last.task ->> 'status', moved.change
  from dcs.task_version gone
  cross join lateral (
    select v.task from dcs.task_version v
    where v.source = gone.source and v.task_id = gone.task_id and v.valid_from < gone.valid_from
    order by v.valid_from desc
    limit 1) last
  left join lateral (
    select v.valid_from from dcs.task_version v
    where v.source = gone.source and v.task_id = gone.task_id and v.valid_from > gone.valid_from
    order by v.valid_from
    limit 1) back on true
  cross join lateral (values (gone.valid_from, -1), (back.valid_from, 1)) moved (at, change)
  where gone.task is null and moved.at is not null
) changes
group by 1, 2, 3;

create or replace view report.status_now as
select s.source, s.project_id, n.status, coalesce(c.class, 'unknown') as status_class,
       n.tasks, longest.status_since as longest_since, latest.status_since as latest_since
from (select d.source, d.status, cast(sum(d.change) as bigint) as tasks
      from dcs.listed_daily d
      group by d.source, d.status
      having sum(d.change) > 0) n
join dcs.source s on s.source = n.source
left join dcs.status_class c on c.status = n.status
left join lateral (
  select t.status_since from dcs.task t
  where t.status = n.status and t.source = n.source and t.missing_since is null and length(t.status) <= 200
  order by t.status_since
  limit 1) longest on true
left join lateral (
  select t.status_since from dcs.task t
  where t.status = n.status and t.source = n.source and t.missing_since is null and length(t.status) <= 200
  order by t.status_since desc
  limit 1) latest on true;

create view report.status_daily as
select d.day, k.source, k.status, coalesce(c.class, 'unknown') as status_class,
       cast(sum(coalesce(l.change, 0)) over (partition by k.source, k.status order by d.day) as bigint) as tasks,
       coalesce(e.entered, 0) as entered
from (select source, status, min(day) as first_day from dcs.listed_daily group by source, status) k
cross join lateral (
  select k.first_day + n as day from generate_series(0, dcs.utc_day(now()) - k.first_day) n) d
left join dcs.listed_daily l on l.source = k.source and l.status = k.status and l.day = d.day
left join (
  select t.source, t.day, t.to_status, cast(sum(t.transitions) as bigint) as entered
  from dcs.transition_daily t
  group by t.source, t.day, t.to_status) e on e.source = k.source and e.to_status = k.status and e.day = d.day
left join dcs.status_class c on c.status = k.status;
comment on view report.status_daily is 'How many tasks were in which status, day by day?';
comment on column report.status_daily.day is 'The day, in UTC; one row for each from the first on which a task was in the status';
comment on column report.status_daily.status is 'The status, cut to 200 characters';
comment on column report.status_daily.tasks is 'Listed tasks in it when the day ended; today: now';
comment on column report.status_daily.entered is 'How often a task came into it on the day, first sightings and new failures of a failed task included';

create view report.transition_matrix as
select m.source, nullif(m.from_status, '') as from_status, m.to_status,
       case when m.from_status <> '' then coalesce(f.class, 'unknown') end as from_class,
       coalesce(t.class, 'unknown') as to_class,
       m.transitions,
       round(m.transitions / sum(m.transitions) over (partition by m.source, m.from_status), 4) as share,
       m.first_at, m.last_day
from (select d.source, d.from_status, d.to_status, cast(sum(d.transitions) as bigint) as transitions,
             min(d.first_at) as first_at, max(d.day) as last_day
      from dcs.transition_daily d
      group by d.source, d.from_status, d.to_status) m
left join dcs.status_class f on f.status = m.from_status
left join dcs.status_class t on t.status = m.to_status;
comment on view report.transition_matrix is 'From which status do tasks go to which, and how often?';
comment on column report.transition_matrix.from_status is 'The status before, cut to 200 characters; null: tasks that were seen for the first time';
comment on column report.transition_matrix.to_status is 'The status after, cut to 200 characters; the same as before where tasks failed anew';
comment on column report.transition_matrix.from_class is 'What the status before means';
comment on column report.transition_matrix.to_class is 'What the status after means';
comment on column report.transition_matrix.transitions is 'How often, ever';
comment on column report.transition_matrix.share is 'The part of all that left the status before, 0 to 1';
comment on column report.transition_matrix.first_at is 'When it was observed first';
comment on column report.transition_matrix.last_day is 'The last day on which it was observed, in UTC';

create view report.failed_task as
select t.source, t.project_id, t.task_id, t.task_name, t.status, t.status_since, t.failure_count,
       report.fingerprint(t.error_message) as reason, t.error_message
from dcs.status_class c
join dcs.task t on t.status = c.status
where c.class = 'failed' and t.missing_since is null and length(t.status) <= 200;
comment on view report.failed_task is 'Which tasks are failed now, since when and why?';
comment on column report.failed_task.reason is 'Fingerprint of the error message; null: there is none';

create view report.failure_reason as
select r.source, nullif(r.reason, '') as reason, r.failures,
       coalesce((select cast(sum(d.failures) as bigint) from dcs.failure_daily d
                 where d.source = r.source and d.reason = r.reason
                   and d.day > dcs.utc_day(now()) - 7), 0) as failures_in_7_days,
       r.first_failed_at, r.last_failed_at, r.last_task_id, r.last_error_message
from dcs.failure_reason r;
comment on view report.failure_reason is 'Why do tasks fail, and how often for each reason?';
comment on column report.failure_reason.reason is 'Fingerprint of the error message, the same for messages that differ in ids, addresses, numbers and quoted text only; null: without a message';
comment on column report.failure_reason.failures is 'How often a task failed so, ever';
comment on column report.failure_reason.failures_in_7_days is 'How often today and on the six days before, in UTC';
comment on column report.failure_reason.first_failed_at is 'When that was observed first';
comment on column report.failure_reason.last_failed_at is 'When that was observed last';
comment on column report.failure_reason.last_task_id is 'The task that failed so last';
comment on column report.failure_reason.last_error_message is 'Its error message, cut to 4096 characters';

create view report.failure_daily as
select day, source, nullif(reason, '') as reason, failures from dcs.failure_daily;
comment on view report.failure_daily is 'How many failures were there, day by day and for each reason?';

create view report.migration_duration as
select m.source, m.task_id, t.task_name, m.migration_type, m.status, m.status_class,
       m.started_after, m.started_at as started_before, m.ended_after, m.ended_at as ended_before,
       greatest(m.ended_after - m.started_at, interval '0') as at_least,
       m.ended_at - m.started_after as at_most
from dcs.finished_migration m
left join dcs.task t on t.source = m.source and t.task_id = m.task_id
where m.started_at is not null;
comment on view report.migration_duration is 'How long did each migration take that was seen under way, until it succeeded, failed or ended? At least, at most: what happens between two passes has no exact time';
comment on column report.migration_duration.migration_type is 'Migration mode at its end';
comment on column report.migration_duration.status is 'The status in which it ended';
comment on column report.migration_duration.status_class is 'What that status meant then: succeeded, failed or ended';
comment on column report.migration_duration.started_after is 'It began after this time; for a task that was first seen under way, when it was created; null: not known';
comment on column report.migration_duration.started_before is 'It had begun by this time';
comment on column report.migration_duration.ended_after is 'It ended after this time';
comment on column report.migration_duration.ended_before is 'It had ended by this time';
comment on column report.migration_duration.at_least is 'It took at least so long';
comment on column report.migration_duration.at_most is 'It took at most so long; null: not known';

create view report.time_to_recover as
select m.source, m.task_id, t.task_name, m.migration_type, m.failures,
       m.failed_after, m.failed_at as failed_before, m.ended_after as recovered_after, m.ended_at as recovered_before,
       greatest(m.ended_after - m.failed_at, interval '0') as at_least,
       m.ended_at - m.failed_after as at_most
from dcs.finished_migration m
left join dcs.task t on t.source = m.source and t.task_id = m.task_id
where m.failed_at is not null;
comment on view report.time_to_recover is 'How long did each task that failed take until it succeeded? From the first failure since the last success; at least, at most: what happens between two passes has no exact time';
comment on column report.time_to_recover.migration_type is 'Migration mode when it succeeded';
comment on column report.time_to_recover.failures is 'How often it failed in this time';
comment on column report.time_to_recover.failed_after is 'It failed after this time; null: not known';
comment on column report.time_to_recover.failed_before is 'It had failed by this time';
comment on column report.time_to_recover.recovered_after is 'It succeeded after this time';
comment on column report.time_to_recover.recovered_before is 'It had succeeded by this time';
comment on column report.time_to_recover.at_least is 'It took at least so long';
comment on column report.time_to_recover.at_most is 'It took at most so long; null: not known';

create view report.stuck_task as
select t.source, t.project_id, t.task_id, t.task_name, t.status, t.status_since, t.last_changed_at,
       now() - t.last_changed_at as unchanged_for,
       (select min(a.created_at) from dcs.alert a
        where a.kind = 'stuck' and a.source = t.source and a.task_id = t.task_id
          and a.observed_after = t.last_changed_at) as alerted_at
from dcs.status_class c
join dcs.task t on t.status = c.status
where c.class = 'active' and t.missing_since is null and length(t.status) <= 200;
comment on view report.stuck_task is 'Which tasks are under way, and for how long has nothing changed about them? All of them: say how long is too long for you, where unchanged_for > interval ''1 day''';
comment on column report.stuck_task.unchanged_for is 'Time since then';
comment on column report.stuck_task.alerted_at is 'When it was found to be stuck, by sync.stuck-after; null: no channel asks for that, or it is not';

create view report.flapping_task as
select f.source, t.project_id, f.task_id, t.task_name, t.status, coalesce(c.class, 'unknown') as status_class,
       f.failures_in_7_days, t.failure_count, f.first_failed_at, f.last_failed_at, t.error_message
from (select t.source, t.task_id, count(*) as failures_in_7_days,
             min(t.observed_at) as first_failed_at, max(t.observed_at) as last_failed_at
      from dcs.transition t
      where t.to_class = 'failed' and t.observed_at > now() - interval '7 days'
      group by t.source, t.task_id
      having count(*) > 1) f
join dcs.task t on t.source = f.source and t.task_id = f.task_id
left join dcs.status_class c on c.status = t.status;
comment on view report.flapping_task is 'Which tasks fail again and again? Those that failed more than once in the last 7 days';
comment on column report.flapping_task.status_class is 'What the status means: active, succeeded, failed, ended or unknown';
comment on column report.flapping_task.failures_in_7_days is 'Failures in the last 7 days';
comment on column report.flapping_task.first_failed_at is 'The first of those';
comment on column report.flapping_task.last_failed_at is 'The last of those';

create view report.unknown_status as
select k.source, k.status, coalesce(n.tasks, 0) as tasks, k.transitions, k.first_at as first_seen_at, k.first_task_id,
       k.last_day as last_seen_on
from (select d.source, d.to_status as status, cast(sum(d.transitions) as bigint) as transitions,
             min(d.first_at) as first_at, (array_agg(d.first_task_id order by d.first_at))[1] as first_task_id,
             max(d.day) as last_day
      from dcs.transition_daily d
      where not exists (select from dcs.status_class c where c.status = d.to_status)
      group by d.source, d.to_status) k
left join (
  select d.source, d.status, cast(sum(d.change) as bigint) as tasks
  from dcs.listed_daily d
  group by d.source, d.status) n on n.source = k.source and n.status = k.status;
comment on view report.unknown_status is 'Which statuses are there that nobody has said the meaning of? Insert a row into dcs.status_class to say it';
comment on column report.unknown_status.status is 'The status, cut to 200 characters';
comment on column report.unknown_status.tasks is 'Listed tasks that are in it now';
comment on column report.unknown_status.transitions is 'How often a task came into it';
comment on column report.unknown_status.first_seen_at is 'When a task was first seen in it';
comment on column report.unknown_status.first_task_id is 'That task';
comment on column report.unknown_status.last_seen_on is 'The last day on which a task came into it, in UTC';

-- A column that a view takes over as it is keeps the comment of its table.
do $$
declare
  pair record;
begin
  for pair in
    select made_from.view, v.attname as name, col_description(t.attrelid, t.attnum) as comment
    from (values ('status_daily', 'task'), ('transition_matrix', 'task'), ('failed_task', 'task'), ('failure_reason', 'task'),
                 ('failure_daily', 'failure_daily'), ('migration_duration', 'task'), ('time_to_recover', 'task'),
                 ('stuck_task', 'task'), ('flapping_task', 'task'), ('unknown_status', 'task')) as made_from (view, table_name)
    join pg_attribute v on v.attrelid = cast('report.' || made_from.view as regclass)
    join pg_attribute t on t.attrelid = cast('dcs.' || made_from.table_name as regclass) and t.attname = v.attname
    where v.attnum > 0 and col_description(v.attrelid, v.attnum) is null
  loop
    execute format('comment on column report.%I.%I is %L', pair.view, pair.name, pair.comment);
  end loop;
  comment on column report.status_daily.status_class is 'What the status means: active, succeeded, failed, ended or unknown';
end
$$;

-- Forgetting. Only the owner of the schema may, or whom he lets: history is append-only for those who write the ledger.

create index alert_of_task on dcs.alert (source, task_id, created_at);
-- whatever refers to what is deleted is looked for
create index alert_of_transition on dcs.alert (transition_id) where transition_id is not null;
create index alert_of_run on dcs.alert (run_id);
create index transition_of_run on dcs.transition (run_id);
create index rejected_task_of_run on dcs.rejected_task (run_id);

create function dcs.prune_history(transitions_before timestamptz, versions_before timestamptz,
  inout after_source text, inout after_task text, tasks int,
  out transitions bigint, out versions bigint)
returns setof record
language sql
security definer set search_path = pg_catalog, pg_temp
as $$
  with turn as materialized (
    select pg_try_advisory_xact_lock(hashtext('dcs-sync: prune')) as ours
  ),
  walked as materialized (
    select t.source, t.task_id
    from dcs.task t
    where (select n.ours from turn n) and (t.source, t.task_id) > ($3, $4)
    order by t.source, t.task_id
    limit $5
  ),
  transitions as (
    delete from dcs.transition t
    using walked w
    where t.source = w.source and t.task_id = w.task_id and t.observed_at < $1
      -- what is still to be told or measured from is kept: all since the last success, and a migration under way
      and (select true from dcs.transition later
           where later.source = t.source and later.task_id = t.task_id and later.seq > t.seq
             and later.observed_at < $1
             and (later.to_class = 'succeeded'
                  or later.to_class in ('failed', 'ended') and t.to_class not in ('failed', 'succeeded'))
           limit 1)
      and (select true from dcs.alert a where a.transition_id = t.transition_id limit 1) is null
      -- an alert without a transition of its own tells of the one before
      and (select true from dcs.alert a
           where a.source = t.source and a.task_id = t.task_id and a.created_at >= t.observed_at
             and a.created_at < (select next.observed_at from dcs.transition next
                                 where next.source = t.source and next.task_id = t.task_id and next.seq > t.seq
                                 order by next.seq
                                 limit 1)
           limit 1) is null
    returning 1
  ),
  versions as (
    delete from dcs.task_version v
    using walked w
    where v.source = w.source and v.task_id = w.task_id and v.valid_from < $2
      -- alerts say what was listed when they were made, or before the task went missing
      and (select (select true from dcs.alert a
                   where a.source = v.source and a.task_id = v.task_id
                     and a.created_at >= v.valid_from and a.created_at <= next.valid_from
                   limit 1) is null
           from dcs.task_version next
           where next.source = v.source and next.task_id = v.task_id and next.valid_from > v.valid_from
             and next.valid_from < $2
           order by next.valid_from
           limit 1)
    returning 1
  )
  select w.source, w.task_id, (select count(*) from transitions), (select count(*) from versions)
  from walked w
  order by w.source desc, w.task_id desc
  limit 1
$$;
comment on function dcs.prune_history(timestamptz, timestamptz, text, text, int) is 'Deletes transitions and versions from before these times (null: none) of so many tasks, those that follow after the one named. Kept are: the present state, what holds at these times, what alerts tell of, and all since the last success of a task. Returns the last task it looked at, and what was deleted; no row: there are no more, or another is at it';

create function dcs.prune_runs(before timestamptz, inout after_run bigint, at_most int, out runs bigint)
returns setof record
language sql
security definer set search_path = pg_catalog, pg_temp
as $$
  with turn as materialized (
    select pg_try_advisory_xact_lock(hashtext('dcs-sync: prune')) as ours
  ),
  needed as materialized (
    -- what tells how fresh a source is, and since when it fails; that of alerts, too, that may still be sent
    select s.source,
           coalesce((select max(r.run_id) from dcs.run r
                     where r.source = s.source and r.outcome in ('complete', 'repaired')
                       and r.run_id < coalesce((select min(a.run_id) from dcs.alert a
                                                where a.source = s.source and a.kind = 'sync-failing'
                                                  and a.state in ('pending', 'dead')), 9223372036854775807)), 0) as since
    from dcs.source s
  ),
  walked as materialized (
    select r.run_id
    from dcs.run r
    where (select n.ours from turn n) and r.run_id > $2 and r.started_at < $1
    order by r.run_id
    limit $3
  ),
  runs as (
    delete from dcs.run r
    using walked w, needed n
    where r.run_id = w.run_id and n.source = r.source and r.run_id < n.since and r.outcome <> 'running'
      -- a pass is kept as long as what it found
      and (select true from dcs.transition t where t.run_id = r.run_id limit 1) is null
      and (select true from dcs.alert a where a.run_id = r.run_id limit 1) is null
      and (select true from dcs.rejected_task e where e.run_id = r.run_id limit 1) is null
    returning 1
  )
  select max(w.run_id), (select count(*) from runs) from walked w having count(*) > 0
$$;
comment on function dcs.prune_runs(timestamptz, bigint, int) is 'Deletes passes that began before this time, of so many that follow after the one named. Kept are the last whole pass of each source, all since then, and those of which transitions, alerts or rejected entries are kept. Returns the last pass it looked at, and what was deleted; no row: there are no more, or another is at it';

revoke execute on function dcs.prune_history(timestamptz, timestamptz, text, text, int) from public;
revoke execute on function dcs.prune_runs(timestamptz, bigint, int) from public;
