package io.dcssync.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The known keys of those sources and channels that the files name: what may be set in this configuration. */
final class KeysAtHand {

    private static final List<String> CHECKED =
            List.of("source.", "database.", "alert.", "http.", "schedule.", "sync.", "retention.", "otel.");
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");
    private static final Pattern SECRET_WORD = Pattern.compile(
            "secret|pass|pwd|token|key|credential|uri|hook|header|[.-][as]k$", Pattern.CASE_INSENSITIVE);

    private final List<String> sources;
    private final List<String> channels;
    private final Map<String, KnownKey<?>> known = new LinkedHashMap<>();

    private KeysAtHand(Written written) {
        sources = names("source.", written);
        channels = names("alert.", written);
        for (KnownKey<?> key : KnownKeys.all()) {
            if (key.pattern().equals(key.of("x"))) {
                known.put(key.pattern(), key);
            }
        }
        sources.forEach(name -> add("source.", name));
        channels.forEach(name -> add("alert.", name));
    }

    /** Finds the keys; names that are none, unknown keys and ambiguous variables become problems. */
    static KeysAtHand in(Written written, Map<String, String> environment, List<Problem> problems) {
        KeysAtHand keys = new KeysAtHand(written);
        keys.refuseUnknown(written, problems);
        keys.refuseAmbiguous(environment, problems);
        return keys;
    }

    List<String> sources() {
        return sources;
    }

    List<String> channels() {
        return channels;
    }

    /** Each key that may be set, in full, with its row of the table. */
    Map<String, KnownKey<?>> known() {
        return known;
    }

    private void add(String group, String name) {
        for (KnownKey<?> key : KnownKeys.all()) {
            if (key.pattern().startsWith(group)) {
                known.put(key.of(name), key);
            }
        }
    }

    private static List<String> names(String group, Written written) {
        return written.keys().stream()
                .filter(key -> key.startsWith(group))
                .flatMap(key -> nameIn(key).stream())
                .filter(name -> NAME.matcher(name).matches())
                .distinct()
                .toList();
    }

    /** The part between the first two dots. */
    private static Optional<String> nameIn(String key) {
        String[] parts = key.split("\\.", 3);
        return parts.length == 3 ? Optional.of(parts[1]) : Optional.empty();
    }

    private void refuseUnknown(Written written, List<Problem> problems) {
        Set<String> badNames = new LinkedHashSet<>();
        for (String key : written.keys()) {
            if (CHECKED.stream().noneMatch(key::startsWith) || isKnown(key)) {
                continue;
            }
            boolean named = key.startsWith("source.") || key.startsWith("alert.");
            String name = named ? nameIn(key).orElse("x") : "x";
            String origin = written.entry(key).map(Entry::origin).orElse("not set");
            if (NAME.matcher(name).matches()) {
                Optional<String> near = nearest(key);
                String meant =
                        near.map(known -> "; did you mean " + known + "?").orElse("");
                Optional<String> value = written.entry(key).map(entry -> shown(key, near, entry.text()));
                problems.add(new Problem(key, value, origin, "there is no such key" + meant));
            } else if (badNames.add(name)) {
                String allowed = "the name '" + name + "' must be of lower-case letters, digits and '-'";
                problems.add(new Problem(key, Optional.empty(), origin, allowed));
            }
        }
    }

    /** What was meant may be a secret; then the value stays unseen. A URL of a channel is one whatever its key. */
    private static String shown(String key, Optional<String> nearest, String value) {
        boolean secret = nearest.filter(KeysAtHand::isSecret).isPresent()
                || SECRET_WORD.matcher(key).find()
                || (key.startsWith("alert.") && value.contains(":"));
        return secret ? Values.HIDDEN : Values.withoutPasswords(value);
    }

    private static boolean isSecret(String key) {
        String name = nameIn(key).orElse("");
        return KnownKeys.all().stream()
                .anyMatch(row -> row.secret() && row.of(name).equals(key));
    }

    private boolean isKnown(String key) {
        return known.containsKey(key) || fileKeys(known).anyMatch(key::equals);
    }

    private Optional<String> nearest(String key) {
        Map<String, KnownKey<?>> candidates = new LinkedHashMap<>(known);
        if (nameIn(key).isEmpty()) {
            KnownKeys.all().forEach(row -> candidates.put(row.pattern(), row));
        }
        String group = key.substring(0, key.indexOf('.') + 1);
        String named = nameIn(key).map(name -> group + name + ".").orElse(group);
        return Nearest.to(
                key,
                Stream.concat(candidates.keySet().stream(), fileKeys(candidates))
                        .filter(candidate -> candidate.startsWith(group))
                        .filter(candidate -> group.equals("http.") || candidate.startsWith(named)));
    }

    private static Stream<String> fileKeys(Map<String, KnownKey<?>> keys) {
        return keys.entrySet().stream().filter(key -> key.getValue().secret()).map(key -> key.getKey() + "-file");
    }

    /** Two names can share a variable (source a's iam-endpoint, source a-iam's endpoint): then neither may guess. */
    private void refuseAmbiguous(Map<String, String> environment, List<Problem> problems) {
        Map<String, List<String>> sharing = new LinkedHashMap<>();
        Stream.concat(known.keySet().stream(), fileKeys(known))
                .forEach(key -> sharing.computeIfAbsent(Entry.variableOf(key), none -> new ArrayList<>())
                        .add(key));
        sharing.forEach((variable, keys) -> {
            if (keys.size() > 1 && !environment.getOrDefault(variable, "").isEmpty()) {
                problems.add(new Problem(
                        String.join(" and ", keys),
                        Optional.empty(),
                        "environment variable " + variable,
                        "one variable cannot set two keys; set them in a file, or rename one of the two"));
            }
        });
    }
}
