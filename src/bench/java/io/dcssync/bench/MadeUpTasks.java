package io.dcssync.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/**
 * The tasks of one list, as the bytes that the endpoint answers, made ahead so that answering costs next to nothing. Each
 * has every documented field, about 1 kB. Not thread-safe: whoever changes them does so between two passes.
 */
final class MadeUpTasks {

    private final String source;
    private final byte[][] entries;
    private final int[] changes;

    MadeUpTasks(String source, int tasks) {
        this.source = source;
        this.entries = new byte[tasks][];
        this.changes = new int[tasks];
        for (int task = 0; task < tasks; task++) {
            entries[task] = entry(task, "MIGRATING");
        }
    }

    int size() {
        return entries.length;
    }

    /** Changes the status of every n-th task, and of none of those that the last {@code n - 1} calls have changed. */
    void changeEvery(int n, int turn) {
        for (int task = turn % n; task < entries.length; task += n) {
            changes[task]++;
            entries[task] = entry(task, changes[task] % 2 == 0 ? "MIGRATING" : "SUCCESS");
        }
    }

    /** Has the tasks from one to before another fail. */
    void fail(int from, int to) {
        for (int task = from; task < to; task++) {
            entries[task] = entry(task, "FAILED");
        }
    }

    /** Returns the answer to a list request. */
    byte[] page(int offset, int limit) {
        int end = (int) Math.min(entries.length, (long) offset + limit);
        ByteArrayOutputStream page = new ByteArrayOutputStream(1_000 + Math.max(0, end - offset) * 1_000);
        page.writeBytes(("{\"count\":" + entries.length + ",\"migration_tasks\":[").getBytes(StandardCharsets.UTF_8));
        for (int task = offset; task < end; task++) {
            if (task > offset) {
                page.write(',');
            }
            page.writeBytes(entries[task]);
        }
        page.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
        return page.toByteArray();
    }

    private byte[] entry(int task, String status) {
        String id = UUID.nameUUIDFromBytes((source + task).getBytes(StandardCharsets.UTF_8))
                .toString();
        return String.format(
                        Locale.ROOT,
                        """
                        {"task_id":"%s","task_name":"migration-%06d","status":"%s",\
                        "migration_type":"online_migration","migration_method":"incremental_migration",\
                        "ecs_tenant_private_ip":"192.168.%d.%d","data_source":"10.%d.%d.7:6379",\
                        "source_instance_name":"redis-%06d","source_instance_id":"a%s",\
                        "target_instance_addrs":"172.16.%d.%d:6379","target_instance_name":"dcs-%06d",\
                        "target_instance_id":"b%s","created_at":"2026-03-0%dT%02d:00:00.123Z",\
                        "description":"moves the cache of shop %d","source_instance_status":"RUNNING",\
                        "target_instance_status":"RUNNING","source_instance_subnet_id":"c%s",\
                        "target_instance_subnet_id":"d%s","source_instance_spec_code":"redis.ha.xu1.large.r2.4",\
                        "target_instance_spec_code":"redis.ha.xu1.large.r2.8","error_message":"",\
                        "released_at":"","version":"5.0","resume_mode":"auto",\
                        "supported_features":["change_password","resume"]}""",
                        id,
                        task,
                        status,
                        task / 256 % 256,
                        task % 256,
                        task / 256 % 256,
                        task % 256,
                        task,
                        id.substring(1),
                        task / 256 % 256,
                        task % 256,
                        task,
                        id.substring(1),
                        task % 9 + 1,
                        task % 24,
                        task % 1000,
                        id.substring(1),
                        id.substring(1))
                .getBytes(StandardCharsets.UTF_8);
    }
}
