package io.dcssync.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The schema of the events, taken stricter than receivers should: a field that it does not tell of is a mistake of ours. */
public final class EventSchema {

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(strict());

    private EventSchema() {}

    /** Returns what an event has that the schema does not allow, or lacks. */
    public static List<String> complaints(String event) {
        return SCHEMA.validate(event, InputFormat.JSON).stream()
                .map(Error::toString)
                .toList();
    }

    private static JsonNode strict() {
        try (InputStream file = EventSchema.class.getResourceAsStream("/schemas/events.schema.json")) {
            JsonNode schema = new JsonMapper().readTree(file);
            schema.get("$defs").properties().stream()
                    // these are looked at as parts of others, which say more
                    .filter(part -> !List.of("event", "taskData").contains(part.getKey()))
                    .map(part -> (ObjectNode) part.getValue())
                    .filter(part -> part.has("properties"))
                    .forEach(part -> part.put("unevaluatedProperties", false));
            return schema;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
