package io.dcssync.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the files and the environment say, merged and not yet understood: later files win, the environment most. */
final class Written {

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> environment;
    private final Placeholders placeholders;

    private Written(Map<String, String> environment) {
        this.environment = environment;
        this.placeholders = new Placeholders(this::entry, environment);
    }

    static Written read(List<Path> files, Map<String, String> environment, List<Problem> problems) {
        Written written = new Written(environment);
        for (int layer = 0; layer < files.size(); layer++) {
            written.entries.putAll(PropertiesFile.read(files.get(layer), layer, problems));
        }
        return written;
    }

    /** The keys that stand in files. */
    Set<String> keys() {
        return entries.keySet();
    }

    /**
     * Returns a key's value, the environment's before the files'. An environment variable that is empty is as good as
     * none: compose files and shells often pass such.
     */
    Optional<Entry> entry(String key) {
        String variable = Entry.variableOf(key);
        String override = environment.get(variable);
        return override == null || override.isEmpty()
                ? Optional.ofNullable(entries.get(key))
                : Optional.of(Entry.ofEnvironment(variable, override));
    }

    /** Returns an entry's text with its placeholders filled in; nothing if an optional one makes it absent. */
    Optional<String> filled(Entry entry) throws Placeholders.Unresolvable {
        return placeholders.fill(entry.text());
    }
}
