-- Incidents: some receivers keep one open for each alert until they are told that it is over.

alter table dcs.alert
  drop constraint alert_is_of_a_kind,
  drop constraint alert_tells_of_a_task,
  add column incident_open boolean not null default false,
  add column resolves bigint references dcs.alert (alert_id),
  add constraint alert_is_of_a_kind check (kind in
    ('failed', 'recovered', 'missing', 'stuck', 'unknown-status', 'sync-failing', 'digest', 'resolved')),
  add constraint alert_tells_of_a_task check
    (kind = 'resolved' or (kind in ('sync-failing', 'digest')) = (task_id is null)),
  add constraint alert_that_resolves_says_what check ((kind = 'resolved') = (resolves is not null));
create index alert_with_open_incident on dcs.alert (channel) where incident_open;

comment on column dcs.alert.kind is 'failed, recovered, missing, stuck, unknown-status, sync-failing, digest: one message for many, or resolved: the incident of an earlier alert is over';
comment on column dcs.alert.incident_open is 'Whether its receiver keeps an incident of it that it was not told to be over';
comment on column dcs.alert.resolves is 'For resolved: the alert whose incident is over; null for the others';
comment on column report.alert.kind is 'failed, recovered, missing, stuck, unknown-status, sync-failing, digest: one message for many, or resolved: the incident of an earlier alert is over';

create function dcs.is_over(told dcs.alert) returns boolean
language sql stable
as $$
  select case told.kind
    when 'sync-failing' then exists (
      select from dcs.run r
      where r.source = told.source and r.run_id > told.run_id and r.outcome in ('complete', 'repaired'))
    when 'missing' then exists (
      select from dcs.task_version v
      where v.source = told.source and v.task_id = told.task_id and v.valid_from > told.created_at
        and v.task is not null)
    else exists (
      select from dcs.task_version v
      where v.source = told.source and v.task_id = told.task_id and v.valid_from > told.created_at
        and (v.task is null or told.kind = 'stuck'))
      or exists (
      select from dcs.transition t
      where t.source = told.source and t.task_id = told.task_id and t.observed_at > told.created_at
        and t.to_class in ('succeeded', 'ended'))
  end
$$;
comment on function dcs.is_over(dcs.alert) is 'Whether what an alert of one task or source tells of is over: since then the task has succeeded, ended or gone missing, was listed again where it was missing, has changed where it was stuck; or a pass over the source was whole';
