package io.dcssync.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dcssync.listapi.ListedTask;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Checks one entry of the list and brings it into the form that the ledger takes: documented fields as text (null, ""
 * and absent are all null; numbers and booleans become their JSON text), times understood where they can be, and what
 * the API document does not know under {@code extra}. Which fields had something that cannot be stored and was replaced
 * is noted there too, as {@code _replaced}. Thread-safe.
 */
public final class CheckEntry {

    private static final int LONGEST_ID = 512;
    private static final int LONGEST_RAW = 64 * 1024;
    private static final String FEATURES = "supported_features";
    /** As the ledger says times in JSON, and as exactly as it knows them. */
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);

    /** The order of names in a {@code jsonb}, which PostgreSQL need not sort then. */
    private static final Comparator<String> AS_JSONB =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private static final Set<String> DOCUMENTED = Set.copyOf(ListedTask.FIELDS);
    private static final List<String> TEXTS =
            ListedTask.FIELDS.stream().filter(field -> !field.equals(FEATURES)).toList();

    /** Checks each entry of a part of a page, in its order. */
    public List<CheckedEntry> checkAll(List<JsonNode> entries) {
        return entries.stream().map(this::check).toList();
    }

    /** Returns a {@link CheckedEntry.Task}, or a {@link CheckedEntry.Rejected} with the reason. */
    public CheckedEntry check(JsonNode entry) {
        if (!entry.isObject()) {
            return rejected(entry, "not an object");
        }
        JsonNode id = entry.path("task_id");
        if (asText(id).isEmpty()) {
            return rejected(entry, "no task_id");
        }
        if (id.isContainerNode()) {
            return rejected(entry, "task_id is not text");
        }
        if (id.asText().length() > LONGEST_ID) {
            return rejected(entry, "task_id is longer than " + LONGEST_ID + " characters");
        }
        ObjectNode fields = fields(entry);
        return new CheckedEntry.Task(
                fields.get("task_id").textValue(), fields.path("task_name").textValue(), fields.toString());
    }

    private static ObjectNode fields(JsonNode entry) {
        ObjectNode fields = new ObjectNode(JsonNodeFactory.instance, new TreeMap<>(AS_JSONB));
        Set<String> replaced = new TreeSet<>();
        for (String name : TEXTS) {
            String said = asText(entry.path(name));
            if (!said.isEmpty()) {
                String text = Storable.text(said);
                if (!text.equals(said)) {
                    replaced.add(name);
                }
                put(fields, name, text);
            }
        }
        JsonNode features = entry.path(FEATURES);
        if (!asText(features).isEmpty()) {
            fields.set(FEATURES, features(features, replaced));
        }
        ObjectNode extra = extra(entry, replaced);
        if (!extra.isEmpty()) {
            fields.set("extra", extra);
        }
        return fields;
    }

    private static void put(ObjectNode fields, String name, String text) {
        switch (name) {
            case "created_at", "released_at" -> {
                fields.put(name + "_raw", text);
                UnderstoodTime.of(text).ifPresent(time -> fields.put(name, MICROSECONDS.format(time)));
            }
            default -> fields.put(name, text);
        }
    }

    private static String asText(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        return value.isTextual()
                ? value.textValue()
                : value.isContainerNode() ? Storable.value(value).toString() : value.asText();
    }

    private static ArrayNode features(JsonNode said, Set<String> replaced) {
        ArrayNode features = JsonNodeFactory.instance.arrayNode();
        for (JsonNode feature : said.isArray() ? said : List.of(said)) {
            String text = asText(feature);
            String storable = Storable.text(text);
            if (!storable.isEmpty()) {
                features.add(storable);
            }
            if (!storable.equals(text)) {
                replaced.add(FEATURES);
            }
        }
        return features;
    }

    private static ObjectNode extra(JsonNode entry, Set<String> replaced) {
        ObjectNode extra = JsonNodeFactory.instance.objectNode();
        entry.properties().forEach(field -> {
            boolean said = !field.getValue().isNull()
                    && !(field.getValue().isTextual()
                            && field.getValue().textValue().isEmpty());
            if (said && !DOCUMENTED.contains(field.getKey())) {
                String name = Storable.text(field.getKey());
                JsonNode value = Storable.value(field.getValue());
                extra.set(name, value);
                if (!name.equals(field.getKey()) || !value.equals(field.getValue())) {
                    replaced.add(name);
                }
            }
        });
        if (!replaced.isEmpty()) {
            ArrayNode names = extra.putArray("_replaced");
            replaced.forEach(names::add);
        }
        return extra;
    }

    private static CheckedEntry.Rejected rejected(JsonNode entry, String reason) {
        String raw = Storable.value(entry).toString();
        return new CheckedEntry.Rejected(
                fingerprint(raw), reason, Storable.text(raw.substring(0, Math.min(raw.length(), LONGEST_RAW))));
    }

    private static String fingerprint(String raw) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(raw.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
