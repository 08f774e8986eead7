package io.dcssync.source;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;

/**
 * The ledger's answer to the wish to open a pass.
 *
 * @param run number of the pass; null: it was not opened
 * @param startedAt when it began, by database time
 * @param previousRun the last pass that ended, of whatever process; null: there was none
 * @param previousEndedAt when that was
 * @param projectId the project that the source has been reading from the beginning
 * @param holderRun the pass that has the source instead; null: none
 * @param holderNode the process of that pass
 * @param holderDead whether that process has given no sign of life for longer than the lease
 */
record Opening(
        Long run,
        String startedAt,
        Long previousRun,
        Instant previousEndedAt,
        String projectId,
        Long holderRun,
        String holderNode,
        boolean holderDead) {

    static Opening of(Map<String, Object> row) {
        return new Opening(
                (Long) row.get("run_id"),
                (String) row.get("started_at"),
                (Long) row.get("previous_run"),
                row.get("previous_ended_at") instanceof Timestamp ended ? ended.toInstant() : null,
                (String) row.get("project_id"),
                (Long) row.get("holder_run"),
                (String) row.get("holder_node"),
                Boolean.TRUE.equals(row.get("expired")));
    }

    /** Who has the source instead; it may have given it back at this very moment. */
    String holder() {
        return holderRun == null ? "another pass" : "pass %d of %s".formatted(holderRun, holderNode);
    }
}
