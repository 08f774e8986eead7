-- Which pass of a source has ended last: a process that made it knows what it has left, and need not store it again.
alter table dcs.source
  add column last_run bigint,
  add column last_run_ended_at timestamptz,
  add check ((last_run is null) = (last_run_ended_at is null));
comment on column dcs.source.last_run is 'The pass that has ended last, however it ended; null: none has since this column is there';
comment on column dcs.source.last_run_ended_at is 'When that pass ended';

-- Alerts are claimed in their order, a few at a time: found by next_attempt_at, all that are due would be sorted each time.
create index alert_pending_in_order on dcs.alert (channel, alert_id) where state = 'pending' and not held;
drop index dcs.alert_pending;

-- What is failed or under way now is little beside all that ever was. The planner sees that only where it sees the statuses.
create function dcs.listed_of_class(class text) returns setof dcs.task
language plpgsql stable rows 5000
-- with the rights of its owner, as a view has them
security definer set search_path = pg_catalog, pg_temp
as $$
declare
  statuses text;
begin
  select string_agg(quote_literal(c.status), ', ') into statuses from dcs.status_class c where c.class = $1;
  if statuses is not null then
    return query execute 'select t.* from dcs.task t where t.missing_since is null and length(t.status) <= 200'
                         || ' and t.status in (' || statuses || ')';
  end if;
end
$$;
comment on function dcs.listed_of_class(text) is 'The listed tasks whose status is of a class';

create or replace view report.failed_task as
select t.source, t.project_id, t.task_id, t.task_name, t.status, t.status_since, t.failure_count,
       report.fingerprint(t.error_message) as reason, t.error_message
from dcs.listed_of_class('failed') t;

create or replace view report.stuck_task as
select t.source, t.project_id, t.task_id, t.task_name, t.status, t.status_since, t.last_changed_at,
       now() - t.last_changed_at as unchanged_for,
       (select min(a.created_at) from dcs.alert a
        where a.kind = 'stuck' and a.source = t.source and a.task_id = t.task_id
          and a.observed_after = t.last_changed_at) as alerted_at
from dcs.listed_of_class('active') t;

create or replace view report.flapping_task as
select f.source, t.project_id, f.task_id, t.task_name, t.status, coalesce(c.class, 'unknown') as status_class,
       f.failures_in_7_days, t.failure_count, f.first_failed_at, f.last_failed_at, t.error_message
from (select t.source, t.task_id, count(*) as failures_in_7_days,
             min(t.observed_at) as first_failed_at, max(t.observed_at) as last_failed_at
      from dcs.transition t
      where t.to_class = 'failed' and t.observed_at > now() - interval '7 days'
      group by t.source, t.task_id
      having count(*) > 1) f
-- each is looked up: a join would go through all tasks
cross join lateral (select t.* from dcs.task t where t.source = f.source and t.task_id = f.task_id limit 1) t
left join dcs.status_class c on c.status = t.status;

-- It takes its time: so it is asked only for the rows that are shown, once it is not taken apart into what it is made of.
alter function report.fingerprint(text) cost 1000 set search_path = pg_catalog, pg_temp;
