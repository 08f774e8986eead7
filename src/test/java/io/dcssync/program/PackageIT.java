package io.dcssync.program;

import static io.dcssync.simulator.ScriptedTask.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package that the build makes, unpacked where there is neither Maven nor a source. */
class PackageIT {

    @TempDir
    private Path folder;

    private Path root;

    @BeforeEach
    void unpack() throws Exception {
        try (Stream<Path> made = Files.list(Path.of("target"))) {
            Path archive = made.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow();
            assertThat(run("tar", "xzf", archive.toAbsolutePath().toString())).isEmpty();
        }
        try (Stream<Path> unpacked = Files.list(folder)) {
            root = unpacked.findFirst().orElseThrow();
        }
    }

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final ScriptedDcs dcs = ScriptedDcs.start();

    @Test
    void it_runs_from_where_it_lies() throws Exception {
        dcs.has(task("a").failed("x"));
        Path configuration = Files.writeString(folder.resolve("my.properties"), """
                source.prod.endpoint = %s
                source.prod.project-id = %s
                source.prod.auth = none
                database.url = %s
                database.user = %s
                database.password = %s
                """.formatted(
                        dcs.url(),
                        ScriptedDcs.PROJECT,
                        database.jdbcUrl(),
                        database.user(),
                        database.password().reveal()));

        String said = run(root.resolve("bin/dcs-sync").toString(), "sync", "--config", configuration.toString());

        assertThat(said).contains("prod", "new 1").doesNotContain("building", "Exception");
        assertThat(database.one("select task_id from report.task")).isEqualTo("a");
    }

    @Test
    void its_third_start_finds_nearly_all_classes_in_an_archive() throws Exception {
        String program = root.resolve("bin/dcs-sync").toString();
        // the archive is made in the background, which would take its time beside other tests
        Path nice = Files.writeString(
                Files.createDirectory(folder.resolve("tools")).resolve("nice"), "#!/bin/sh\nexec \"$@\"\n");
        assertThat(nice.toFile().setExecutable(true)).isTrue();
        for (String path : List.of("", "PATH=" + nice.getParent() + ":$PATH ")) {
            assertThat(run("sh", "-c", path + program + " doctor || true"))
                    .startsWith("FAIL  configuration")
                    .doesNotContain("warning", "cds");
        }
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> {
            try (Stream<Path> files = Files.list(root.resolve("lib"))) {
                return files.anyMatch(file -> file.toString().endsWith(".jsa"));
            }
        });

        String loaded = run("sh", "-c", "JAVA_OPTS=-Xlog:class+load " + program + " doctor || true");

        List<String> classes =
                loaded.lines().filter(line -> line.contains(" source: ")).toList();
        assertThat(classes).hasSizeGreaterThan(2000);
        assertThat(classes.stream().filter(line -> line.contains("shared objects file")))
                .hasSizeGreaterThan(classes.size() * 9 / 10);
    }

    @Test
    void it_brings_what_operators_look_for() throws Exception {
        assertThat(root)
                .isDirectoryRecursivelyContaining("glob:**/docs/configuration.md")
                .isDirectoryRecursivelyContaining("glob:**/config/systemd/dcs-sync.service")
                .isDirectoryRecursivelyContaining("glob:**/config/kubernetes/dcs-sync.yaml")
                .isDirectoryRecursivelyContaining("glob:**/config/prometheus/dcs-sync.rules.yml")
                .isDirectoryRecursivelyContaining("glob:**/share/man/man1/dcs-sync.1");
        assertThat(run("bash", "-c", "source " + root + "/share/dcs-sync.bash && complete -p dcs-sync"))
                .contains("_complete_dcs-sync");
        // not testing the tests
        assertThat(root.resolve("lib").toFile().list()).noneMatch(name -> name.startsWith("assertj"));
    }

    private String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
