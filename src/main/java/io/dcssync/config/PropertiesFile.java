package io.dcssync.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * A Java properties file in UTF-8 that knows on which line each key stands. {@link Properties} does the reading, one
 * logical line (with its continuation lines) at a time; only the lines are counted here.
 */
final class PropertiesFile {

    private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

    private final Path path;
    private final int layer;
    private final List<Problem> problems;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private PropertiesFile(Path path, int layer, List<Problem> problems) {
        this.path = path;
        this.layer = layer;
        this.problems = problems;
    }

    /** Reads a file; what cannot be read becomes a problem. Of a key that stands twice, the later one counts. */
    static Map<String, Entry> read(Path path, int layer, List<Problem> problems) {
        PropertiesFile file = new PropertiesFile(path, layer, problems);
        try {
            file.take(Files.readString(path));
        } catch (IOException unreadable) {
            problems.add(new Problem(
                    path.toString(), Optional.empty(), "configuration file", Unreadable.why(path, unreadable)));
        }
        return file.entries;
    }

    private void take(String content) {
        String text = content.startsWith("\uFEFF") ? content.substring(1) : content;
        List<String> logical = new ArrayList<>();
        int number = 0;
        int first = 1;
        for (String line : LINE_END.split(text, -1)) {
            number++;
            if (logical.isEmpty()) {
                first = number;
            }
            boolean comment = logical.isEmpty() && isComment(line);
            logical.add(line);
            if (comment || !continues(line)) {
                takeLine(String.join("\n", logical), first);
                logical.clear();
            }
        }
        takeLine(String.join("\n", logical), first);
    }

    private void takeLine(String line, int number) {
        String origin = path + ":" + number;
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(line));
        } catch (IOException | IllegalArgumentException malformed) {
            problems.add(new Problem(
                    "this line", Optional.empty(), origin, "a \\u must be followed by four hexadecimal digits"));
        }
        properties.remove(""); // a backslash that stands alone
        properties.stringPropertyNames().forEach(key -> {
            entries.remove(key);
            entries.put(key, new Entry(properties.getProperty(key), origin, layer, folder()));
        });
    }

    private Path folder() {
        return Optional.ofNullable(path.getParent()).orElse(Path.of(""));
    }

    private static boolean isComment(String line) {
        String start = line.stripLeading();
        return start.startsWith("#") || start.startsWith("!");
    }

    /** A line goes on in the next one if it ends in an odd number of backslashes. */
    private static boolean continues(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }
}
