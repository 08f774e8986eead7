package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacedFileTest {

    @TempDir
    private Path folder;

    @Test
    void the_old_file_stays_until_the_new_one_is_whole() throws IOException {
        Path file = Files.writeString(folder.resolve("r.csv"), "old");

        ReplacedFile.write(file, out -> {
            out.write("new");
            out.flush();
            assertThat(file).hasContent("old");
        });

        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("r.csv");
    }

    @Test
    void where_writing_fails_the_old_file_stays_and_nothing_else() throws IOException {
        Path file = Files.writeString(folder.resolve("r.csv"), "old");

        assertThatThrownBy(() -> ReplacedFile.write(file, out -> {
                    out.write("half");
                    out.flush();
                    throw new IOException("the disk is full");
                }))
                .hasMessage("the disk is full");

        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("r.csv");
    }

    @Test
    void a_link_stays_one_and_what_it_leads_to_is_replaced() throws IOException {
        Path file = Files.writeString(folder.resolve("r.csv"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("latest.csv"), file);

        ReplacedFile.write(link, out -> out.write("new"));

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }

    @Test
    void whoever_could_read_the_old_file_can_read_the_new_one_and_nobody_else() throws IOException {
        Path file = Files.writeString(folder.resolve("r.csv"), "old");
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rw-rw----");
        Files.setPosixFilePermissions(file, permissions);

        ReplacedFile.write(file, out -> out.write("new"));

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(permissions);
    }

    @Test
    void a_device_is_written_to() throws IOException {
        ReplacedFile.write(Path.of("/dev/null"), out -> out.write("gone"));

        assertThat(Path.of("/dev/null")).exists();
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
