package io.dcssync.simulator;

import io.dcssync.listapi.ListedTask;
import java.util.Set;

/**
 * What a task's fields mean for what may become of it. The statuses beyond the four documented for the list are those
 * that sibling calls of the API show, the misspelt one included.
 */
final class Tasks {

    static final Set<String> ACTIVE =
            Set.of("CREATING", "RUNNING", "MIGRATING", "FULLMIGRATING", "INCRMIGEATING", "TERMINATING");
    static final Set<String> FAILED = Set.of("FAILED", "MIGRATION_FAILED", "ERROR");

    /** Statuses in which data moves. */
    private static final Set<String> MOVING = Set.of("MIGRATING", "FULLMIGRATING", "INCRMIGEATING");

    private Tasks() {}

    static boolean isIncremental(ListedTask task) {
        return task.text("migration_method").equals("incremental_migration");
    }

    static boolean isActive(ListedTask task) {
        return ACTIVE.contains(task.text("status"));
    }

    static boolean isFailed(ListedTask task) {
        return FAILED.contains(task.text("status"));
    }

    static boolean isMoving(ListedTask task) {
        return MOVING.contains(task.text("status"));
    }
}
