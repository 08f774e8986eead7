package io.dcssync.alert;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells many alerts of one pass in words. */
final class DigestText {

    private static final int NAMES = 5;

    private DigestText() {}

    /** How many tasks of which source, and what happened to them. */
    static String subject(Map<String, Object> alert, JsonNode tasks) {
        Map<String, Integer> kinds = new LinkedHashMap<>();
        tasks.forEach(task -> kinds.merge(task.path("kind").asText("failed").replace('-', ' '), 1, Integer::sum));
        long count = count(alert);
        return "%d tasks in %s, digest: %s%s"
                .formatted(
                        count,
                        alert.get("source"),
                        count > tasks.size() ? "of the first %d, ".formatted(tasks.size()) : "",
                        kinds.entrySet().stream()
                                .map(kind -> kind.getValue() + " " + kind.getKey())
                                .collect(Collectors.joining(", ")));
    }

    /** The first names. */
    static String names(Map<String, Object> alert, JsonNode tasks) {
        List<String> names = new ArrayList<>();
        tasks.forEach(task -> names.add(PlainText.name(task)));
        int shown = Math.min(NAMES, names.size());
        long more = count(alert) - shown;
        return String.join(", ", names.subList(0, shown)) + (more > 0 ? " and %d more".formatted(more) : "");
    }

    /** How many alerts there are; the digest may carry the data of fewer. */
    static long count(Map<String, Object> alert) {
        return ((Number) alert.get("count")).longValue();
    }
}
