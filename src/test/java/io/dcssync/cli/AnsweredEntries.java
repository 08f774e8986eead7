package io.dcssync.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What stood in the answers of a pass, by a reading of its own.
 *
 * @param tasks by the id of each task that has to be stored: the statuses it was listed with, those that are no text left
 *     out
 * @param others the entries that cannot be stored, those that are short
 */
record AnsweredEntries(Map<String, Set<String>> tasks, Set<String> others) {

    private static final int LONGEST_ID = 512;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(20_000)
                            .maxNumberLength(1_000_000)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    static AnsweredEntries in(List<byte[]> bodies) {
        AnsweredEntries entries = new AnsweredEntries(new TreeMap<>(), new TreeSet<>());
        bodies.forEach(entries::read);
        return entries;
    }

    private void read(byte[] body) {
        try {
            JsonNode list = JSON.readTree(body).path("migration_tasks");
            if (list.isArray()) {
                list.forEach(this::take);
            }
        } catch (IOException | NumberFormatException noJson) {
            // no entry can be told from another
        }
    }

    private void take(JsonNode entry) {
        JsonNode id = entry.path("task_id");
        String text = id.isNull() ? "" : id.asText();
        if (entry.isObject() && !text.isEmpty() && text.length() <= LONGEST_ID) {
            Set<String> statuses = tasks.computeIfAbsent(storable(text), none -> new TreeSet<>());
            JsonNode status = entry.path("status");
            statuses.add(status.isTextual() ? storable(status.textValue()) : "");
        } else if (isPlain(entry)) {
            others.add(entry.toString());
        }
    }

    private static boolean isPlain(JsonNode entry) {
        return entry.isNull() || entry.isBoolean() || entry.isInt() || (entry.isEmpty() && entry.isContainerNode());
    }

    private static String storable(String text) {
        return text.codePoints()
                .mapToObj(c -> c == 0 || Character.getType(c) == Character.SURROGATE ? "\uFFFD" : Character.toString(c))
                .collect(Collectors.joining());
    }
}
