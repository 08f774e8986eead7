package io.dcssync.simulator;

import io.dcssync.listapi.ListedTask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can happen to a listed task, and how often in comparison. */
enum Move {
    /** The next stage of a migration begins. */
    ADVANCE(4),
    SUCCEED(3),
    FAIL(3),
    /** The normal end of an incremental migration. */
    TERMINATE(2),
    /** A failed or stopped task starts again under the same id. */
    RESTART(3),
    /** The task leaves the list. */
    DELETE(3);

    private final int weight;

    Move(int weight) {
        this.weight = weight;
    }

    /** Tells whether a task is in a state in which this can happen. */
    boolean canHappenTo(ListedTask task) {
        return switch (this) {
            case ADVANCE -> isOn(task, "CREATING", "RUNNING", "TERMINATING") || isFullPartOfIncremental(task);
            // an incremental migration never does so by itself
            case SUCCEED -> Tasks.isMoving(task) && !Tasks.isIncremental(task);
            case FAIL, TERMINATE -> Tasks.isMoving(task);
            case RESTART -> Tasks.isFailed(task) || isOn(task, "TERMINATED");
            case DELETE -> !Tasks.isActive(task);
        };
    }

    /** Draws one of the moves that can happen to some task of the list, heavier ones more often. */
    static Optional<Move> draw(List<ListedTask> list, Dice dice) {
        List<Move> drum = new ArrayList<>();
        for (Move move : values()) {
            if (list.stream().anyMatch(move::canHappenTo)) {
                drum.addAll(Collections.nCopies(move.weight, move));
            }
        }
        return drum.isEmpty() ? Optional.empty() : Optional.of(dice.pick(drum));
    }

    /** Returns what becomes of a task, {@link #DELETE} aside; {@code now} is the time as DCS writes it. */
    ListedTask apply(ListedTask task, String now, Dice dice) {
        return switch (this) {
            case ADVANCE -> advance(task, now);
            case SUCCEED -> task.with(end(dice.chance(90) ? "SUCCESS" : "MIGRATION_SUCCESS", null, now));
            case FAIL ->
                task.with(end(
                        dice.chance(90) ? "FAILED" : dice.pick("MIGRATION_FAILED", "ERROR"),
                        FailureMessages.draw(task, dice),
                        now));
            case TERMINATE ->
                dice.chance(50) ? task.with("status", "TERMINATING") : task.with(end("TERMINATED", null, now));
            case RESTART -> task.with(end("MIGRATING", null, null));
            case DELETE -> throw new IllegalStateException("bug: a deleted task has no next state");
        };
    }

    private static ListedTask advance(ListedTask task, String now) {
        return switch (task.text("status")) {
            case "TERMINATING" -> task.with(end("TERMINATED", null, now));
            case "FULLMIGRATING" -> task.with("status", "INCRMIGEATING");
            default -> task.with("status", Tasks.isIncremental(task) ? "FULLMIGRATING" : "MIGRATING");
        };
    }

    private static Map<String, Object> end(String status, String message, String released) {
        Map<String, Object> changes = new HashMap<>();
        changes.put("status", status);
        changes.put("error_message", message);
        changes.put("released_at", released);
        return Collections.unmodifiableMap(changes);
    }

    private static boolean isFullPartOfIncremental(ListedTask task) {
        return isOn(task, "FULLMIGRATING") && Tasks.isIncremental(task);
    }

    private static boolean isOn(ListedTask task, String... statuses) {
        for (String status : statuses) {
            if (task.text("status").equals(status)) {
                return true;
            }
        }
        return false;
    }
}
