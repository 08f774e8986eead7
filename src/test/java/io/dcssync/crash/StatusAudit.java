package io.dcssync.crash;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.listapi.ListedTask;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Compares what the ledger says of the tasks of one source with what really happened. */
final class StatusAudit {

    private final TestDatabase ledger;
    private final String source;
    private final Truth truth;
    private final Findings findings;
    private final Map<String, List<Seen>> transitions = new HashMap<>();

    /** A transition as the ledger has it; {@code after} is null for the first one. */
    private record Seen(int seq, String from, String to, Instant after, Instant at) {}

    StatusAudit(TestDatabase ledger, String source, Truth truth, Findings findings) {
        this.ledger = ledger;
        this.source = source;
        this.truth = truth;
        this.findings = findings;
    }

    void audit() {
        for (Map<String, Object> row : ledger.rows(
                "select task_id, seq, from_status, to_status, observed_after, observed_at"
                        + " from report.task_transition where source = ? order by seq",
                source)) {
            transitions
                    .computeIfAbsent((String) row.get("task_id"), id -> new ArrayList<>())
                    .add(new Seen(
                            (int) row.get("seq"),
                            (String) row.get("from_status"),
                            (String) row.get("to_status"),
                            time(row, "observed_after"),
                            time(row, "observed_at")));
        }
        transitions.forEach(this::areAChain);
        transitions.forEach(this::happened);
        wholePassesSawAll();
        thePresentIsRight();
    }

    private void areAChain(String task, List<Seen> seen) {
        String before = null;
        for (int i = 0; i < seen.size(); i++) {
            Seen each = seen.get(i);
            if (each.seq() != i + 1 || !Objects.equals(each.from(), before)) {
                findings.wrong("%s: transition %d of %s follows %s and is %s", source, i + 1, task, before, each);
            }
            before = each.to();
        }
    }

    /** Each transition has a stay of its own that was to be seen at the time it names, in the same order. */
    private void happened(String task, List<Seen> seen) {
        List<Stay> stays = truth.of(task);
        int next = 0;
        for (Seen each : seen) {
            Instant from = each.after() == null ? Instant.MIN : each.after();
            while (next < stays.size()
                    && !(stays.get(next).status().equals(each.to())
                            && stays.get(next).mayBeSeenBetween(from, each.at()))) {
                next++;
            }
            if (next == stays.size()) {
                findings.invented("%s: %s of task %s, which was %s", source, each, task, stays);
                return;
            }
            next++;
        }
    }

    /** What stayed the same through a whole pass is what the ledger said when that pass had ended. */
    private void wholePassesSawAll() {
        for (Map<String, Object> pass : ledger.rows(
                "select run_id, started_at, finished_at from report.sync_run"
                        + " where source = ? and outcome in ('complete', 'repaired') order by run_id",
                source)) {
            Instant started = time(pass, "started_at");
            Instant finished = time(pass, "finished_at");
            truth.tasks().forEach((task, stays) -> stays.stream()
                    .filter(stay -> stay.lasts(started, finished))
                    .filter(stay -> !stay.status().equals(statusAt(task, finished)))
                    .forEach(stay -> findings.lost(
                            "%s: %s of task %s through all of pass %s; the ledger had %s",
                            source, stay, task, pass, statusAt(task, finished))));
        }
    }

    private String statusAt(String task, Instant time) {
        String status = null;
        for (Seen each : transitions.getOrDefault(task, List.of())) {
            if (!each.at().isAfter(time)) {
                status = each.to();
            }
        }
        return status;
    }

    private void thePresentIsRight() {
        Map<String, Map<String, Object>> known = new HashMap<>();
        ledger.rows(
                        "select t.task_id, t.task_name, t.status, coalesce(t.error_message, '') as error_message,"
                                + " t.missing_since, v.task ->> 'status' as version, v.task is null as version_missing"
                                + " from report.task t left join report.task_version v"
                                + " on v.source = t.source and v.task_id = t.task_id and v.valid_to is null"
                                + " where t.source = ?",
                        source)
                .forEach(row -> known.put((String) row.get("task_id"), row));
        truth.listed().forEach((id, task) -> isRight(task, known.get(id)));
        known.forEach((id, row) -> {
            boolean missing = row.get("missing_since") != null;
            if (missing == truth.listed().containsKey(id)) {
                findings.wrong(
                        "%s: missing or not: %s, %s",
                        source, row, truth.listed().get(id));
            }
            boolean sameVersion = missing
                    ? (boolean) row.get("version_missing")
                    : row.get("status").equals(row.get("version"));
            if (!sameVersion || !row.get("status").equals(statusAt(id, Instant.MAX))) {
                findings.wrong("%s: task, last version and last transition differ: %s", source, row);
            }
        });
    }

    private void isRight(ListedTask task, Map<String, Object> row) {
        if (row == null) {
            findings.lost("%s: %s is listed and not known", source, task);
        } else if (List.of("task_name", "status", "error_message").stream()
                .anyMatch(field -> !task.text(field).equals(row.get(field)))) {
            findings.wrong("%s: %s is listed, known is %s", source, task.fields(), row);
        }
    }

    private static Instant time(Map<String, Object> row, String column) {
        return row.get(column) == null ? null : ((Timestamp) row.get(column)).toInstant();
    }
}
