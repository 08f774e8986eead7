package io.dcssync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The blocks of code that a page of the documentation shows. */
public final class CodeBlocks {

    private CodeBlocks() {}

    /** Those of a language, in their order. */
    public static List<String> in(String page, String language) throws IOException {
        return Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(Files.readString(Path.of(page)))
                .results()
                .map(block -> block.group(1))
                .toList();
    }
}
