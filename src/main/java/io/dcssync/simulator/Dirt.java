package io.dcssync.simulator;

import io.dcssync.listapi.ListedTask;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Makes a third of the tasks odd, the same ones each time, in the ways that entries of real lists might be. */
final class Dirt {

    private static final int WAYS = 18;

    private Dirt() {}

    /** Returns the entry that is listed in the place of a task. */
    static byte[] on(ListedTask task) {
        return switch (Math.floorMod(task.text("task_id").hashCode(), WAYS)) {
            case 0 -> task.without("task_id").json();
            case 1 -> "null".getBytes(StandardCharsets.UTF_8);
            case 2 ->
                task.with("status", "PAUSED")
                        .with("band_width", Map.of("mbit", 5))
                        .json();
            case 3 -> task.with("version", 6.0).with("task_name", 12345).json();
            case 4 ->
                task.with("created_at", "2026-02-30T25:00:00Z")
                        .with("status", "")
                        .json();
            case 5 ->
                task.with("description", "a\u0000b\ud800")
                        .with("supported_features", List.of(1, true))
                        .json();
            default -> task.json();
        };
    }
}
