package io.dcssync.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A pass that has ended, and the changes of status it found; first sightings are only counted.
 *
 * @param retries requests that repeated one that had failed
 * @param failedAtFirstSight tasks that were failed already when they were first seen
 * @param problem what went wrong; null: nothing did
 */
record EndedPass(
        long run,
        String source,
        String outcome,
        Instant finishedAt,
        double seconds,
        int read,
        int inserted,
        int changed,
        int missing,
        int retries,
        int failedAtFirstSight,
        String problem,
        List<Change> changes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A change of a task's status.
     *
     * @param toClass active, succeeded, failed, ended or unknown
     * @param message the task's error message after it; null: none
     */
    record Change(String from, String to, String toClass, String task, String message) {}

    /** Takes a row of the statement list-ended-passes. */
    static EndedPass of(Map<String, Object> row) {
        return new EndedPass(
                ((Number) row.get("run_id")).longValue(),
                (String) row.get("source"),
                (String) row.get("outcome"),
                ((Timestamp) row.get("finished_at")).toInstant(),
                ((Number) row.get("seconds")).doubleValue(),
                number(row, "tasks_read"),
                number(row, "inserted"),
                number(row, "changed"),
                number(row, "missing"),
                number(row, "retries"),
                number(row, "failed_at_first_sight"),
                (String) row.get("error_message"),
                changes((String) row.get("changes")));
    }

    boolean isWhole() {
        return outcome.equals("complete") || outcome.equals("repaired");
    }

    /** Whether it was whole and found everything as it was. */
    boolean isQuiet() {
        return isWhole() && inserted + changed + missing == 0;
    }

    private static int number(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).intValue();
    }

    private static List<Change> changes(String json) {
        try {
            return JSON.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the statement list-ended-passes gave changes that are none (bug)", e);
        }
    }
}
