package io.dcssync.alert;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells many alerts of one pass: how many of which kind, and the first names. */
final class DigestText {

    private static final int NAMES = 5;

    private DigestText() {}

    /**
     * Tells them in a line.
     *
     * @param count how many alerts there are
     * @param tasks the data of those that the digest carries, maybe fewer
     */
    static String of(String source, long count, JsonNode tasks) {
        List<String> names = new ArrayList<>();
        tasks.forEach(task -> names.add(PlainText.name(task)));
        int shown = Math.min(NAMES, names.size());
        return "%s: %s%s"
                .formatted(
                        head(source, count, tasks),
                        String.join(", ", names.subList(0, shown)),
                        count > shown ? " and %d more".formatted(count - shown) : "");
    }

    /** Tells only how many they are, and of which kind; the parameters are those of {@link #of}. */
    static String head(String source, long count, JsonNode tasks) {
        Map<String, Integer> kinds = new LinkedHashMap<>();
        tasks.forEach(task -> kinds.merge(task.path("kind").asText("failed").replace('-', ' '), 1, Integer::sum));
        return "%d tasks in %s, digest: %s%s"
                .formatted(
                        count,
                        source,
                        count > tasks.size() ? "of the first %d, ".formatted(tasks.size()) : "",
                        kinds.entrySet().stream()
                                .map(kind -> kind.getValue() + " " + kind.getKey())
                                .collect(Collectors.joining(", ")));
    }
}
