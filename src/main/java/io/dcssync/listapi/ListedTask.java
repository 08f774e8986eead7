package io.dcssync.listapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One task as the list shows it: fields by their documented names, in the document's order. Immutable and thread-safe;
 * its JSON is rendered once.
 *
 * <p>Values are what JSON knows, null too. Fields that the document does not name may be added and documented ones left
 * out, since real endpoints do both.
 */
public final class ListedTask {

    /** The 25 fields of the document, in its order. All are strings but the last, which is a list of strings. */
    public static final List<String> FIELDS = List.of(
            "task_id",
            "task_name",
            "status",
            "migration_type",
            "migration_method",
            "ecs_tenant_private_ip",
            "data_source",
            "source_instance_name",
            "source_instance_id",
            "target_instance_addrs",
            "target_instance_name",
            "target_instance_id",
            "created_at",
            "description",
            "source_instance_status",
            "target_instance_status",
            "source_instance_subnet_id",
            "target_instance_subnet_id",
            "source_instance_spec_code",
            "target_instance_spec_code",
            "error_message",
            "released_at",
            "version",
            "resume_mode",
            "supported_features");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Object> fields;
    private volatile byte[] json;

    private ListedTask(Map<String, Object> fields) {
        this.fields = Collections.unmodifiableMap(fields);
    }

    /** A task of which nothing but the id is known: the other fields are null, and no feature is supported. */
    public static ListedTask withId(String taskId) {
        Map<String, Object> fields = new LinkedHashMap<>();
        FIELDS.forEach(field -> fields.put(field, null));
        fields.put("task_id", taskId);
        fields.put("supported_features", List.of());
        return new ListedTask(fields);
    }

    /** Returns the same task with one field changed or added. */
    public ListedTask with(String field, Object value) {
        return with(Collections.singletonMap(field, value));
    }

    /** Returns the same task with these fields changed or added. */
    public ListedTask with(Map<String, ?> changes) {
        Map<String, Object> changed = new LinkedHashMap<>(fields);
        changed.putAll(changes);
        return new ListedTask(changed);
    }

    /** Returns the same task without a field, as older regions would send it. */
    public ListedTask without(String field) {
        Map<String, Object> fewer = new LinkedHashMap<>(fields);
        fewer.remove(field);
        return new ListedTask(fewer);
    }

    /** Returns the fields, nulls included. */
    public Map<String, Object> fields() {
        return fields;
    }

    /** Returns a field as text; "" where it is null or absent. */
    public String text(String field) {
        Object value = fields.get(field);
        return value == null ? "" : value.toString();
    }

    /** Returns the task as one JSON object in UTF-8; callers must not change it. */
    public byte[] json() {
        byte[] rendered = json;
        if (rendered == null) {
            rendered = render();
            json = rendered;
        }
        return rendered;
    }

    private byte[] render() {
        try {
            return JSON.writeValueAsBytes(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("field values that are no JSON: " + fields, e);
        }
    }

    @Override
    public String toString() {
        return text("task_id") + " " + text("status");
    }
}
