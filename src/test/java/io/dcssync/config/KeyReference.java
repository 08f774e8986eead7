package io.dcssync.config;

import io.dcssync.config.KnownKey.Tier;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@link KnownKeys} gives to read: the keys of the shipped configuration file, and of the reference page. */
final class KeyReference {

    private static final Map<Tier, String> TITLES = Map.of(
            Tier.ESSENTIAL, "what to read, where to keep it, whom to tell",
            Tier.FREQUENT, "what many installations change",
            Tier.RARE, "good as it is, unless you know why not");

    private KeyReference() {}

    /** The part of {@code config/application.properties} that follows its head. */
    static String properties() {
        return tiers(tier -> "# == " + tier + ": " + TITLES.get(tier) + " ==\n"
                + keys(tier).map(KeyReference::commentedOut).collect(Collectors.joining()));
    }

    /** The part of {@code docs/configuration.md} that follows its head. */
    static String page() {
        return tiers(tier -> "## " + capital(tier) + ": " + TITLES.get(tier) + "\n\n"
                + "| key | default | allowed | meaning | environment variable |\n|---|---|---|---|---|\n"
                + keys(tier).map(KeyReference::row).collect(Collectors.joining()));
    }

    private static String tiers(Function<Tier, String> part) {
        return Stream.of(Tier.values()).map(part).collect(Collectors.joining("\n"));
    }

    private static Stream<KnownKey<?>> keys(Tier tier) {
        return KnownKeys.all().stream().filter(key -> key.tier() == tier);
    }

    private static String commentedOut(KnownKey<?> key) {
        String text = key.fallback().text();
        String note =
                switch (key.fallback().kind()) {
                    case VALUE, NOTHING -> "";
                    case WORDS -> " (default: " + text + ")";
                    case REQUIRED -> " (required)";
                };
        String value = key.fallback().kind() == KnownKey.Fallback.Kind.VALUE ? " " + text : "";
        return "\n# " + key.meaning() + note + (key.secret() ? " [secret]" : "") + "\n#" + key.pattern() + " =" + value
                + "\n";
    }

    private static String row(KnownKey<?> key) {
        String file = key.pattern() + "-file";
        String fallback =
                switch (key.fallback().kind()) {
                    case VALUE -> code(key.fallback().text());
                    case WORDS -> prose(key.fallback().text());
                    case REQUIRED -> "required";
                    case NOTHING -> "";
                };
        return Stream.of(
                        code(key.pattern()) + (key.secret() ? "<br>or " + code(file) : ""),
                        fallback,
                        prose(key.type().allowed()),
                        prose(key.meaning()),
                        code(Entry.variableOf(key.pattern()))
                                + (key.secret() ? "<br>or " + code(Entry.variableOf(file)) : ""))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String capital(Tier tier) {
        return tier.name().charAt(0) + tier.name().substring(1).toLowerCase(Locale.ROOT);
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    /** As text of a table's cell: {@code <region>} must not be taken for HTML, nor a bar for the end of the cell. */
    private static String prose(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|");
    }
}
