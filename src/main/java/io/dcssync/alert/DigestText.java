package io.dcssync.alert;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells many alerts of one pass in a line: how many of which kind, and the first names. */
final class DigestText {

    private static final int NAMES = 5;

    private DigestText() {}

    /**
     * @param count how many alerts there are
     * @param tasks the data of those that the digest carries, maybe fewer
     */
    static String of(String source, long count, JsonNode tasks) {
        Map<String, Integer> kinds = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        for (JsonNode task : tasks) {
            kinds.merge(task.path("kind").asText("failed").replace('-', ' '), 1, Integer::sum);
            names.add(PlainText.name(task));
        }
        String counts = kinds.entrySet().stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
        int shown = Math.min(NAMES, names.size());
        return "%d tasks in %s, digest: %s%s: %s%s"
                .formatted(
                        count,
                        source,
                        count > names.size() ? "of the first %d, ".formatted(names.size()) : "",
                        counts,
                        String.join(", ", names.subList(0, shown)),
                        count > shown ? " and %d more".formatted(count - shown) : "");
    }
}
