package io.dcssync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands that the pages of the documentation show. */
public final class DocumentedCommands {

    private static final Pattern TYPED = Pattern.compile("(?m)^\\$ (.*)$");
    private static final Pattern IN_THE_TEXT =
            Pattern.compile("`((?:bin/dcs-sync|dcs-sync|mvn|docker|kubectl|systemctl|psql|curl|bin/bench"
                    + "|demo|run|sync|doctor|report|alerts|migrate|simulate) [^`]+)`");

    private DocumentedCommands() {}

    /** The pages that have some. */
    public static List<String> pages() {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            List<String> pages = new ArrayList<>(List.of("README.md", "CONTRIBUTING.md", "RELIABILITY.md"));
            docs.map(Path::toString)
                    .filter(page -> page.endsWith(".md"))
                    .sorted()
                    .forEach(pages::add);
            return pages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a reader of a page types. */
    public static List<String> typed(String page) {
        return blocks(page, "console").stream()
                .flatMap(block -> found(TYPED, block).stream())
                .toList();
    }

    /** What a page names in its sentences. */
    public static List<String> named(String page) {
        try {
            return found(IN_THE_TEXT, Files.readString(Path.of(page)).replaceAll("(?s)```.*?```", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> blocks(String page, String language) {
        try {
            return CodeBlocks.in(page, language);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1).strip())
                .toList();
    }
}
