-- Answers with a text that changes whenever there is something new to show, and at little cost, as JSON. Always returns one
-- row.
select cast(json_build_object(
  'now', now(),
  'pulse', md5(concat_ws(' ',
    (select max(r.run_id) from report.sync_run r),
    (select count(*) from report.sync_run r where r.outcome = 'running'),
    (select max(c.transition_id) from report.task_transition c),
    (select max(a.alert_id) from report.alert a),
    (select count(*) || ' ' || coalesce(sum(a.attempts), 0) from report.alert a where a.state = 'pending')))) as text)
