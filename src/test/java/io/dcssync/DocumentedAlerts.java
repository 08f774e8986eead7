package io.dcssync;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** What the page {@code docs/alerts.md} shows of code. */
public final class DocumentedAlerts {

    private DocumentedAlerts() {}

    /** The examples of events. */
    public static List<String> examples() throws IOException {
        return blocks("json");
    }

    /** The SQL statements. */
    public static List<String> statements() throws IOException {
        return blocks("sql").stream()
                .flatMap(block ->
                        Pattern.compile(";\\s*(--.*)?$", Pattern.MULTILINE).splitAsStream(block))
                .filter(statement -> !statement.isBlank())
                .toList();
    }

    /** The function for SMN, in Python, which checks signatures. */
    public static String signatureCheck() throws IOException {
        return blocks("python").get(0);
    }

    private static List<String> blocks(String language) throws IOException {
        return CodeBlocks.in("docs/alerts.md", language);
    }
}
