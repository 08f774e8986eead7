package io.dcssync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocumentedLinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)]*))?\\)");

    @Test
    void each_link_of_a_page_leads_to_a_file_and_a_heading_that_are_there() throws IOException {
        for (String page : DocumentedCommands.pages()) {
            Matcher link = LINK.matcher(Files.readString(Path.of(page)));
            while (link.find()) {
                if (link.group(1).startsWith("https://")) {
                    continue;
                }
                Path file = link.group(1).isEmpty()
                        ? Path.of(page)
                        : Path.of(page).toAbsolutePath().resolveSibling(link.group(1));
                assertThat(file).as("%s: %s", page, link.group()).exists();
                if (link.group(2) != null) {
                    String heading = "(?m)^#+ " + link.group(2).replace("-", "[ -]+") + "\\??$";
                    assertThat(Files.readString(file))
                            .as("%s: %s", page, link.group())
                            .containsPattern(Pattern.compile(heading, Pattern.CASE_INSENSITIVE));
                }
            }
        }
    }
}
