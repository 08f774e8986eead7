package io.dcssync.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Fills in {@code {{env:NAME}}}, {@code {{other.key}}}, each with {@code :default} or a leading {@code ?}, as Camel
 * does: from the inside out, and what is filled in may hold placeholders itself. An optional one that is the whole
 * text and has no value makes the whole absent; inside other text it leaves nothing.
 */
final class Placeholders {

    /** Why a text cannot be filled in. Names keys and variables, never values. */
    static final class Unresolvable extends Exception {
        private static final long serialVersionUID = 1L;

        Unresolvable(String reason) {
            super(reason);
        }
    }

    // functions of Camel that need Camel or Java's system properties; taken for a key they would become the default
    private static final Set<String> NOT_HERE =
            Set.of("sys", "bean", "boolean", "service", "service.name", "service.host", "service.port");

    private final Function<String, Optional<Entry>> keys;
    private final Map<String, String> environment;

    Placeholders(Function<String, Optional<Entry>> keys, Map<String, String> environment) {
        this.keys = keys;
        this.environment = environment;
    }

    Optional<String> fill(String text) throws Unresolvable {
        return fill(text, Set.of());
    }

    private Optional<String> fill(String text, Set<String> within) throws Unresolvable {
        String rest = text;
        for (int end = rest.indexOf("}}"); end >= 0; end = rest.indexOf("}}")) {
            int start = rest.lastIndexOf("{{", end);
            if (start < 0) {
                throw new Unresolvable("}} without {{ before it");
            }
            String before = rest.substring(0, start);
            String after = rest.substring(end + 2);
            Optional<String> value = lookUp(rest.substring(start + 2, end).strip(), within);
            if (value.isEmpty() && before.isEmpty() && after.isEmpty()) {
                return Optional.empty();
            }
            rest = before + value.orElse("") + after;
        }
        if (rest.contains("{{")) {
            throw new Unresolvable("{{ without }} after it");
        }
        return Optional.of(rest);
    }

    private Optional<String> lookUp(String placeholder, Set<String> within) throws Unresolvable {
        boolean env = placeholder.matches("\\??env:.*");
        String name = env ? placeholder.replaceFirst("env:", "") : placeholder;
        boolean optional = name.startsWith("?");
        name = optional ? name.substring(1) : name;
        int colon = name.indexOf(':');
        Optional<String> otherwise = colon < 0 ? Optional.empty() : Optional.of(name.substring(colon + 1));
        name = colon < 0 ? name : name.substring(0, colon);
        if (!env && colon >= 0 && NOT_HERE.contains(name)) {
            throw new Unresolvable("{{" + name + ":…}} cannot be used here, only {{env:NAME}} and {{other.key}}");
        }

        Optional<String> found = env ? variable(name) : keys.apply(name).map(Entry::text);
        if (found.isEmpty() && otherwise.isEmpty() && !optional) {
            throw new Unresolvable(
                    env
                            ? "environment variable " + name + " is not set"
                            : "there is no key " + name + " to take it from");
        }
        if (found.isEmpty()) {
            return otherwise;
        }
        String mark = env ? "env:" + name : name;
        if (within.contains(mark)) {
            throw new Unresolvable("{{" + mark + "}} leads back to itself");
        }
        Set<String> deeper = new TreeSet<>(within);
        deeper.add(mark);
        return fill(found.get(), deeper);
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .or(() -> Optional.ofNullable(environment.get(Entry.variableOf(name))));
    }
}
