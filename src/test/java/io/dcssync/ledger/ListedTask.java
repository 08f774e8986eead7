package io.dcssync.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A task as one answer lists it, in the form that the store statement takes. Immutable. */
final class ListedTask {

    private final ObjectNode fields;

    private ListedTask(ObjectNode fields) {
        this.fields = fields;
    }

    /** Returns a task that is named like its id and says nothing more. */
    static ListedTask task(String id) {
        return new ListedTask(JsonNodeFactory.instance.objectNode())
                .with("task_id", id)
                .named(id);
    }

    static ListedTask migrating(String id) {
        return task(id).status("MIGRATING");
    }

    static ListedTask failed(String id, String error) {
        return task(id).status("FAILED").error(error);
    }

    String id() {
        return fields.get("task_id").textValue();
    }

    ListedTask named(String name) {
        return with("task_name", name);
    }

    /** Null: the answer says none. */
    ListedTask status(String status) {
        return with("status", status);
    }

    ListedTask error(String message) {
        return with("error_message", message);
    }

    ListedTask createdAt(String time) {
        return with("created_at", inUtc(time)).with("created_at_raw", time);
    }

    ListedTask releasedAt(String time) {
        return with("released_at", inUtc(time)).with("released_at_raw", time);
    }

    private static String inUtc(String time) {
        return time == null
                ? null
                : DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
                        .format(OffsetDateTime.parse(time).withOffsetSameInstant(ZoneOffset.UTC));
    }

    ListedTask supporting(String... features) {
        ListedTask changed = new ListedTask(fields.deepCopy());
        changed.fields.putArray("supported_features");
        for (String feature : features) {
            changed.fields.withArray("supported_features").add(feature);
        }
        return changed;
    }

    /** Adds a field that the API document does not know. */
    ListedTask extra(String name, String value) {
        ListedTask changed = new ListedTask(fields.deepCopy());
        changed.fields.withObject("/extra").put(name, value);
        return changed;
    }

    ListedTask with(String field, String value) {
        ListedTask changed = new ListedTask(fields.deepCopy());
        if (value == null) {
            changed.fields.remove(field);
        } else {
            changed.fields.put(field, value);
        }
        return changed;
    }

    ObjectNode fields() {
        return fields;
    }
}
