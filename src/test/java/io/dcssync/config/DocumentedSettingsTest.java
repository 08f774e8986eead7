package io.dcssync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.dcssync.CodeBlocks;
import io.dcssync.DocumentedCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration that the documentation shows can be used as it stands there. */
class DocumentedSettingsTest {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "HUAWEICLOUD_SDK_AK", "AK",
            "HUAWEICLOUD_SDK_SK", "SK",
            "MAIL_PASSWORD", "p&ss",
            "PAGERDUTY_ROUTING_KEY", "0123456789abcdef0123456789abcdef",
            "SMN_RELAY_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private static final Pattern SECRET_FILE = Pattern.compile("/run/secrets/(\\S+)");

    @TempDir
    private Path folder;

    @Test
    void it_is_read_without_a_complaint() throws IOException {
        List<String> blocks = new ArrayList<>();
        for (String page : DocumentedCommands.pages()) {
            blocks.addAll(CodeBlocks.in(page, "properties"));
        }
        assertThat(blocks).hasSizeGreaterThan(4);

        for (String block : blocks) {
            for (MatchResult secret : SECRET_FILE.matcher(block).results().toList()) {
                Files.writeString(folder.resolve(secret.group(1)), "hunter2");
            }
            Path file =
                    Files.writeString(folder.resolve("my.properties"), block.replace("/run/secrets/", folder + "/"));
            assertThatCode(() -> SettingsReader.read(List.of(file), ENVIRONMENT))
                    .as(block)
                    .doesNotThrowAnyException();
        }
    }
}
