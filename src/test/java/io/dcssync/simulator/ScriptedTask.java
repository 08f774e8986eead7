package io.dcssync.simulator;

import io.dcssync.listapi.ListedTask;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * A task of a {@link ScriptedDcs} in words: {@code task("a").named("orders").failed("timeout")}. Immutable.
 *
 * <p>Unless told otherwise a task is called like its id, is MIGRATING, and is full and online between two addresses.
 */
public final class ScriptedTask {

    private final ListedTask fields;
    private final Optional<String> raw;

    private ScriptedTask(ListedTask fields, Optional<String> raw) {
        this.fields = fields;
        this.raw = raw;
    }

    /** A task with this id. */
    public static ScriptedTask task(String id) {
        ListedTask fields = ListedTask.withId(id)
                .with("task_name", id)
                .with("status", "MIGRATING")
                .with("migration_type", "online_migration")
                .with("migration_method", "full_amount_migration")
                .with("data_source", "192.168.0.200:6379")
                .with("target_instance_addrs", "192.168.0.153:6379")
                .with("created_at", "2026-01-01T00:00:00.000Z")
                .with("version", "6.0")
                .with("resume_mode", "auto");
        return new ScriptedTask(fields, Optional.empty());
    }

    /** What stands in the list as it is, whether it is a task, an object or JSON at all. It has no id and no name. */
    public static ScriptedTask raw(String json) {
        return new ScriptedTask(ListedTask.withId(""), Optional.of(json));
    }

    public ScriptedTask migrating() {
        return status("MIGRATING").with("error_message", null).with("released_at", null);
    }

    public ScriptedTask succeeded() {
        return status("SUCCESS").with("error_message", null);
    }

    public ScriptedTask failed(String message) {
        return status("FAILED").with("error_message", message);
    }

    public ScriptedTask terminated() {
        return status("TERMINATED").with("error_message", null);
    }

    /** Any status, also one that nobody has documented. */
    public ScriptedTask status(String status) {
        return with("status", status);
    }

    public ScriptedTask named(String name) {
        return with("task_name", name);
    }

    /** Sets a field, documented or not, to text, number, boolean, list or null. */
    public ScriptedTask with(String field, Object value) {
        return new ScriptedTask(fields.with(field, value), raw);
    }

    /** Leaves a field out. */
    public ScriptedTask without(String field) {
        return new ScriptedTask(fields.without(field), raw);
    }

    public String id() {
        return fields.text("task_id");
    }

    public String name() {
        return fields.text("task_name");
    }

    boolean isSameTaskAs(ScriptedTask other) {
        return raw.isEmpty() && other.raw.isEmpty() && Objects.equals(id(), other.id());
    }

    byte[] json() {
        return raw.map(json -> json.getBytes(StandardCharsets.UTF_8)).orElseGet(fields::json);
    }

    @Override
    public String toString() {
        return raw.orElseGet(fields::toString);
    }
}
