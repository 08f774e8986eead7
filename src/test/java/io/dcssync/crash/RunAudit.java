package io.dcssync.crash;

import io.dcssync.ledger.TestDatabase;

/** Checks that passes add up, did not overlap, and have all come to their end. */
final class RunAudit {

    private final TestDatabase ledger;
    private final Findings findings;

    RunAudit(TestDatabase ledger, Findings findings) {
        this.ledger = ledger;
        this.findings = findings;
    }

    void audit() {
        none("passes that do not add up", """
                select r.* from report.sync_run r
                left join (select run_id, count(*) as found, count(*) filter (where seq = 1) as first
                           from report.task_transition group by run_id) t using (run_id)
                where tasks_read <> inserted + changed + unchanged + duplicates + rejected
                   or transitions <> coalesce(t.found, 0) or inserted <> coalesce(t.first, 0)
                   or requests < pages or retries > requests""");
        none("passes that overlap", """
                select a.run_id, b.run_id as other, a.source, a.started_at, a.finished_at, b.started_at as other_started
                from report.sync_run a join report.sync_run b on a.source = b.source and a.run_id < b.run_id
                where b.started_at < a.finished_at""");
        none("transitions outside of their pass", """
                select t.*, r.started_at, r.finished_at
                from report.task_transition t join report.sync_run r using (run_id)
                where t.observed_at not between r.started_at and coalesce(r.finished_at, 'infinity')""");
        none("failure counts that do not add up", """
                select t.source, t.task_id, t.failure_count, f.failures
                from report.task t
                join (select source, task_id,
                             count(*) filter (where to_class = 'failed'
                               and (from_class is distinct from 'failed' or from_status = to_status)) as failures
                      from report.task_transition group by source, task_id) f using (source, task_id)
                where t.failure_count <> f.failures""");
        none("passes left running, or leases left over", """
                select r.run_id, r.outcome, s.current_run, s.lease_until
                from dcs.source s left join dcs.run r on r.source = s.source and r.outcome = 'running'
                where r.run_id is not null or s.current_run is not null or s.lease_until is not null""");
    }

    private void none(String what, String query) {
        ledger.rows(query).forEach(row -> findings.wrong("%s: %s", what, row));
    }
}
