-- The tables of Quartz 2.5, for schedule.store=jdbc: triggers that several nodes share. Names and columns are Quartz's own,
-- which also writes them; times are milliseconds since 1970. Empty while the schedule is kept in memory.

create table dcs.qrtz_job_details (
  sched_name        text not null,
  job_name          text not null,
  job_group         text not null,
  description       text,
  job_class_name    text not null,
  is_durable        boolean not null,
  is_nonconcurrent  boolean not null,
  is_update_data    boolean not null,
  requests_recovery boolean not null,
  job_data          bytea,
  primary key (sched_name, job_name, job_group)
);
comment on table dcs.qrtz_job_details is 'Quartz: what a trigger starts, a pass over the source of that name';

create table dcs.qrtz_triggers (
  sched_name     text not null,
  trigger_name   text not null,
  trigger_group  text not null,
  job_name       text not null,
  job_group      text not null,
  description    text,
  next_fire_time bigint,
  prev_fire_time bigint,
  priority       int,
  trigger_state  text not null,
  trigger_type   text not null,
  start_time     bigint not null,
  end_time       bigint,
  calendar_name  text,
  misfire_instr  smallint,
  job_data       bytea,
  primary key (sched_name, trigger_name, trigger_group),
  foreign key (sched_name, job_name, job_group) references dcs.qrtz_job_details
);
comment on table dcs.qrtz_triggers is 'Quartz: one trigger for each source, when it fires next and whether it is free, taken or blocked by a pass';
create index qrtz_trigger_of_job on dcs.qrtz_triggers (sched_name, job_name, job_group);
-- what is due; not by its state too, as that changes several times with each pass
create index qrtz_trigger_due on dcs.qrtz_triggers (sched_name, next_fire_time);

create table dcs.qrtz_cron_triggers (
  sched_name      text not null,
  trigger_name    text not null,
  trigger_group   text not null,
  cron_expression text not null,
  time_zone_id    text,
  primary key (sched_name, trigger_name, trigger_group),
  foreign key (sched_name, trigger_name, trigger_group) references dcs.qrtz_triggers
);
comment on table dcs.qrtz_cron_triggers is 'Quartz: the schedule of each trigger';

-- triggers of kinds that are not used here; Quartz looks for them all the same
create table dcs.qrtz_simple_triggers (
  sched_name      text not null,
  trigger_name    text not null,
  trigger_group   text not null,
  repeat_count    bigint not null,
  repeat_interval bigint not null,
  times_triggered bigint not null,
  primary key (sched_name, trigger_name, trigger_group),
  foreign key (sched_name, trigger_name, trigger_group) references dcs.qrtz_triggers
);
create table dcs.qrtz_simprop_triggers (
  sched_name    text not null,
  trigger_name  text not null,
  trigger_group text not null,
  str_prop_1    text,
  str_prop_2    text,
  str_prop_3    text,
  int_prop_1    int,
  int_prop_2    int,
  long_prop_1   bigint,
  long_prop_2   bigint,
  dec_prop_1    numeric(13, 4),
  dec_prop_2    numeric(13, 4),
  bool_prop_1   boolean,
  bool_prop_2   boolean,
  primary key (sched_name, trigger_name, trigger_group),
  foreign key (sched_name, trigger_name, trigger_group) references dcs.qrtz_triggers
);
create table dcs.qrtz_blob_triggers (
  sched_name    text not null,
  trigger_name  text not null,
  trigger_group text not null,
  blob_data     bytea,
  primary key (sched_name, trigger_name, trigger_group),
  foreign key (sched_name, trigger_name, trigger_group) references dcs.qrtz_triggers
);
create table dcs.qrtz_calendars (
  sched_name    text not null,
  calendar_name text not null,
  calendar      bytea not null,
  primary key (sched_name, calendar_name)
);
create table dcs.qrtz_paused_trigger_grps (
  sched_name    text not null,
  trigger_group text not null,
  primary key (sched_name, trigger_group)
);
comment on table dcs.qrtz_simple_triggers is 'Quartz: not used';
comment on table dcs.qrtz_simprop_triggers is 'Quartz: not used';
comment on table dcs.qrtz_blob_triggers is 'Quartz: not used';
comment on table dcs.qrtz_calendars is 'Quartz: not used';
comment on table dcs.qrtz_paused_trigger_grps is 'Quartz: not used';

create table dcs.qrtz_fired_triggers (
  sched_name        text not null,
  entry_id          text not null,
  trigger_name      text not null,
  trigger_group     text not null,
  instance_name     text not null,
  fired_time        bigint not null,
  sched_time        bigint not null,
  priority          int not null,
  state             text not null,
  job_name          text,
  job_group         text,
  is_nonconcurrent  boolean,
  requests_recovery boolean,
  primary key (sched_name, entry_id)
);
comment on table dcs.qrtz_fired_triggers is 'Quartz: triggers that a node has taken or whose pass it makes, so that others can free them if it dies';

create table dcs.qrtz_scheduler_state (
  sched_name        text not null,
  instance_name     text not null,
  last_checkin_time bigint not null,
  checkin_interval  bigint not null,
  primary key (sched_name, instance_name)
);
comment on table dcs.qrtz_scheduler_state is 'Quartz: the nodes, and when each gave its last sign of life';

create table dcs.qrtz_locks (
  sched_name text not null,
  lock_name  text not null,
  primary key (sched_name, lock_name)
);
comment on table dcs.qrtz_locks is 'Quartz: rows that the nodes lock to change the schedule one after the other';
