package io.dcssync.crash;

import io.dcssync.listapi.ListedTask;
import io.dcssync.simulator.Change;
import io.dcssync.simulator.LivingDcs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What really happened in one list: each task's stays, one after the other. */
final class Truth {

    private final Map<String, List<Stay>> stays = new HashMap<>();
    private final Map<String, ListedTask> listed = new HashMap<>();
    private final int changes;

    private Truth(int changes) {
        this.changes = changes;
    }

    /** Asks a list that stands still. */
    static Truth of(LivingDcs dcs) {
        List<Change> changes = dcs.changes();
        Truth truth = new Truth(changes.size());
        Map<String, List<Change>> byTask = new HashMap<>();
        changes.forEach(change ->
                byTask.computeIfAbsent(change.taskId(), id -> new ArrayList<>()).add(change));
        for (ListedTask task : dcs.tasks()) {
            truth.listed.put(task.text("task_id"), task);
            byTask.putIfAbsent(task.text("task_id"), List.of());
        }
        byTask.forEach((id, its) -> truth.stays.put(id, stays(dcs, its, truth.listed.get(id))));
        return truth;
    }

    private static List<Stay> stays(LivingDcs dcs, List<Change> changes, ListedTask now) {
        List<Stay> stays = new ArrayList<>();
        Instant since = Instant.MIN;
        Instant shownBy = Instant.MIN;
        String status =
                changes.isEmpty() ? now.text("status") : changes.get(0).from().orElse(null);
        for (Change change : changes) {
            if (status != null) {
                stays.add(new Stay(status, since, shownBy, change.at(), dcs.shownBy(change)));
            }
            since = change.at();
            shownBy = dcs.shownBy(change);
            status = change.to().orElse(null);
        }
        if (status != null) {
            stays.add(new Stay(status, since, shownBy, Instant.MAX, Instant.MAX));
        }
        return stays;
    }

    /** All that ever were listed, each with its stays in their order. */
    Map<String, List<Stay>> tasks() {
        return stays;
    }

    /** The stays of a task; none where there never was such a task. */
    List<Stay> of(String task) {
        return stays.getOrDefault(task, List.of());
    }

    /** Those listed now. */
    Map<String, ListedTask> listed() {
        return listed;
    }

    /** How much has happened. */
    int changes() {
        return changes;
    }
}
