package io.dcssync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/** What the views say from what was counted as it happened, held against all of history. */
final class CountedHistory {

    private CountedHistory() {}

    static void isRight(TestDatabase database) {
        same(
                database,
                "select source, from_status, to_status, transitions from report.transition_matrix",
                "select source, from_status, to_status, count(*) from report.task_transition group by 1, 2, 3");
        same(
                database,
                "select source, status, tasks, longest_since, latest_since from report.status_now",
                "select source, status, count(*), min(status_since), max(status_since) from report.task"
                        + " where missing_since is null group by 1, 2");
        same(
                database,
                "select day, source, sum(entered) from report.status_daily where entered > 0 group by 1, 2",
                "select cast(observed_at at time zone 'UTC' as date), source, count(*) from report.task_transition"
                        + " group by 1, 2");
        same(
                database,
                "select source, reason, failures, first_failed_at, last_failed_at from report.failure_reason",
                """
                select source, report.fingerprint(error_message), count(*), min(observed_at), max(observed_at)
                from report.task_transition
                where to_class = 'failed' and (from_class is distinct from 'failed' or from_status = to_status)
                group by 1, 2""");
        for (Map<String, Object> day : database.rows("select distinct day from report.status_daily")) {
            same(
                    database,
                    "select source, status, tasks from report.status_daily where tasks > 0 and day = '%s'"
                            .formatted(day.get("day")),
                    "select source, status, count(*) from report.task_as_of(cast('%s' as timestamp) at time zone 'UTC' + interval '1 day') group by 1, 2"
                            .formatted(day.get("day")));
        }
        durationsAreRight(database);
    }

    private static void durationsAreRight(TestDatabase database) {
        // what lies between one end and the next is one migration
        same(
                database,
                "select source, task_id, started_before, ended_before, at_most from report.migration_duration",
                """
                select b.source, b.task_id, b.observed_at, e.observed_at,
                       e.observed_at - coalesce(b.observed_after, k.created_at)
                from (select source, task_id, ends, min(seq) filter (where to_class = 'active') as began,
                             max(seq) filter (where ending) as ended
                      from (select t.*, count(*) filter (where ending) over (partition by source, task_id order by seq
                                     rows between unbounded preceding and 1 preceding) as ends
                            from (select *, to_class in ('succeeded', 'failed', 'ended') as ending
                                  from report.task_transition) t) t
                      group by 1, 2, 3) m
                join report.task_transition b on b.source = m.source and b.task_id = m.task_id and b.seq = m.began
                join report.task_transition e on e.source = m.source and e.task_id = m.task_id and e.seq = m.ended
                join report.task k on k.source = m.source and k.task_id = m.task_id""");
        // what lies between one success and the next is a recovery, where it has failures in it
        same(
                database,
                "select source, task_id, failures, failed_before, recovered_before, at_least from report.time_to_recover",
                """
                select f.source, f.task_id, m.failures, f.observed_at, s.observed_at,
                       greatest(s.observed_after - f.observed_at, interval '0')
                from (select source, task_id, successes, min(seq) filter (where to_class = 'failed') as failed,
                             max(seq) filter (where to_class = 'succeeded') as succeeded,
                             cast(count(*) filter (where to_class = 'failed'
                               and (from_class is distinct from 'failed' or from_status = to_status)) as int) as failures
                      from (select t.*, count(*) filter (where to_class = 'succeeded')
                                     over (partition by source, task_id order by seq
                                           rows between unbounded preceding and 1 preceding) as successes
                            from report.task_transition t) t
                      group by 1, 2, 3) m
                join report.task_transition f on f.source = m.source and f.task_id = m.task_id and f.seq = m.failed
                join report.task_transition s on s.source = m.source and s.task_id = m.task_id and s.seq = m.succeeded""");
    }

    private static void same(TestDatabase database, String told, String counted) {
        assertThat(database.rows("(" + told + ") except all (" + counted + ")"))
                .as(told)
                .isEmpty();
        assertThat(database.rows("(" + counted + ") except all (" + told + ")"))
                .as(told)
                .isEmpty();
        assertThat(database.rows(counted)).as(told).isNotEmpty();
    }
}
