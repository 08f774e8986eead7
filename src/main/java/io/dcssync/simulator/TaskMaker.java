package io.dcssync.simulator;

import io.dcssync.listapi.ListedTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes up tasks that look like those of a company that moves its Redis instances to DCS. The same draws give the same
 * tasks. Not thread-safe.
 */
final class TaskMaker {

    private final Dice dice;
    private int made;

    TaskMaker(Dice dice) {
        this.dice = dice;
    }

    /** Makes a list, newest first, whose newest task was created shortly before the given time. */
    List<ListedTask> list(int size, Instant before) {
        Instant[] created = new Instant[size];
        Instant time = before;
        for (int i = 0; i < size; i++) {
            time = time.minusMillis(dice.between(60_000, 3_600_000));
            created[i] = time;
        }
        ListedTask[] newestFirst = new ListedTask[size];
        for (int i = size - 1; i >= 0; i--) {
            newestFirst[i] = aged(task(created[i]), created[i], before);
        }
        return List.of(newestFirst);
    }

    /** Makes a task that has just been created. */
    ListedTask task(Instant created) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("task_name", name());
        fields.put("status", dice.pick("CREATING", "MIGRATING"));
        fields.put("ecs_tenant_private_ip", dice.chance(80) ? dice.ip() : null);
        fields.put("created_at", TimeText.draw(created, dice));
        fields.put("description", description());
        fields.put("version", dice.pick("3.0", "4.0", "5.0", "5.0", "6.0", "6.0.21", "7.0"));
        fields.put("resume_mode", dice.pick("auto", "manual"));
        fields.put("supported_features", dice.pick(List.of(), List.of(), List.of("pause", "resume"), List.of("stop")));
        source(fields);
        target(fields);
        return ListedTask.withId(dice.uuid()).with(fields);
    }

    private String name() {
        made++;
        return dice.pick("prod", "prod", "staging", "test", "dr")
                + "-"
                + dice.pick("orders", "payments", "users", "catalog", "search", "billing", "games", "iot")
                + "-"
                + dice.pick("cache", "session", "queue", "ranking", "lock")
                + "-migration-"
                + String.format(Locale.ROOT, "%03d", made);
    }

    private String description() {
        return dice.pick(
                null,
                "",
                "dcs-test",
                "wave " + dice.between(1, 12) + ", ask team \"platform\" before stopping",
                "迁移到新区域 (第 " + dice.between(1, 12) + " 批)",
                "moved with change CHG" + dice.between(100_000, 999_999));
    }

    private void source(Map<String, Object> fields) {
        if (dice.chance(20)) {
            fields.put("migration_type", "backupfile_import");
            fields.put("migration_method", "full_amount_migration");
            fields.put("data_source", "dcs-backup-" + dice.between(10, 99));
            selfHosted(fields);
            return;
        }
        fields.put("migration_type", "online_migration");
        fields.put("migration_method", dice.pick("full_amount_migration", "incremental_migration"));
        fields.put("data_source", addresses(dice.chance(25) ? dice.between(2, 6) : 1));
        if (dice.chance(40)) {
            selfHosted(fields);
        } else {
            instance(fields, "source_instance", "dcs-" + dice.pick("old", "legacy", "eu", "cn") + "-");
        }
    }

    private void target(Map<String, Object> fields) {
        fields.put("target_instance_addrs", addresses(dice.chance(10) ? dice.between(2, 3) : 1));
        instance(fields, "target_instance", "dcs-new-");
    }

    /** The document leaves these blank for a self-hosted source. */
    private static void selfHosted(Map<String, Object> fields) {
        for (String field : List.of("name", "id", "status", "subnet_id", "spec_code")) {
            fields.put("source_instance_" + field, "");
        }
    }

    private void instance(Map<String, Object> fields, String side, String namePrefix) {
        fields.put(side + "_name", namePrefix + dice.between(100, 999));
        fields.put(side + "_id", dice.uuid());
        fields.put(side + "_status", dice.pick("RUNNING", "RUNNING", "RUNNING", "RUNNING", "EXTENDING", "ERROR"));
        fields.put(side + "_subnet_id", dice.uuid());
        fields.put(
                side + "_spec_code",
                dice.pick(
                        "redis.single.xu1.tiny.128",
                        "redis.ha.xu1.large.r2.4",
                        "redis.ha.xu1.large.r2.16",
                        "redis.cluster.xu1.large.r2.32",
                        "redis.proxy.xu1.large.8"));
    }

    private String addresses(int howMany) {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < howMany; i++) {
            addresses.add(dice.address());
        }
        return String.join(",", addresses);
    }

    /** Gives a task the status that time has brought it to. */
    private ListedTask aged(ListedTask task, Instant created, Instant now) {
        String status = agedStatus(Tasks.isIncremental(task));
        Map<String, Object> changes = new HashMap<>();
        changes.put("status", status);
        if (Tasks.FAILED.contains(status)) {
            changes.put("error_message", FailureMessages.draw(task, dice));
        }
        if (!Tasks.ACTIVE.contains(status)) {
            Instant released = created.plusSeconds(dice.between(300, 36_000));
            changes.put("released_at", TimeText.draw(released.isBefore(now) ? released : now, dice));
        }
        return task.with(changes);
    }

    private String agedStatus(boolean incremental) {
        int percent = dice.between(0, 99);
        if (percent < 15) {
            return "FAILED";
        }
        if (percent < 33) {
            return "MIGRATING";
        }
        if (percent < 40) {
            return dice.pick("CREATING", "RUNNING", "FULLMIGRATING", "TERMINATING", "MIGRATION_FAILED", "ERROR");
        }
        if (incremental) {
            return percent < 50 ? "INCRMIGEATING" : "TERMINATED";
        }
        return percent < 50 ? "TERMINATED" : percent < 55 ? "MIGRATION_SUCCESS" : "SUCCESS";
    }
}
