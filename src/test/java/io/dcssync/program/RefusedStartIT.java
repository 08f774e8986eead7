package io.dcssync.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.ledger.TestDatabase;
import io.dcssync.simulator.ScriptedDcs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedStartIT {

    @TempDir
    private Path folder;

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @AutoClose
    private final ScriptedDcs dcs = ScriptedDcs.start();

    private InstalledProgram program;

    @BeforeEach
    void install() {
        program = InstalledProgram.in(folder).on(database).reads("prod", dcs);
    }

    @AfterEach
    void kill() {
        program.close();
    }

    @Test
    void everything_that_is_wrong_with_the_configuration_is_told_at_once_and_nothing_is_started() {
        program.with("source.prod.page-size", 0)
                .with("source.prod.pagesize", 5)
                .with("source.prod.time-zone", "Europe/Zuerich")
                .with("http.mirror.auth", "token")
                .with("http.mirror.token-file", "/nowhere/token")
                .with("alert.ops.uri", "carrier-pigeon:roof?token=s3cr3t");

        Ended ended = program.run("sync");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines())
                .anyMatch(line ->
                        line.contains("source.prod.page-size = 0 (") && line.contains(at("source.prod.page-size")))
                .anyMatch(line -> line.contains("source.prod.pagesize = 5 (")
                        && line.contains(at("source.prod.pagesize"))
                        && line.endsWith("did you mean source.prod.page-size?"))
                .anyMatch(line -> line.contains("source.prod.time-zone = Europe/Zuerich (")
                        && line.endsWith("did you mean Europe/Zurich?"))
                .anyMatch(line -> line.contains("http.mirror.token-file = /nowhere/token (")
                        && line.endsWith("there is no such file"))
                .anyMatch(
                        line -> line.contains("alert.ops.uri = ****** (")
                                && line.endsWith(
                                        "no component carrier-pigeon: put camel-carrier-pigeon 4.18.0 and its dependencies into lib/ext"))
                .hasSize(6);
        assertThat(ended.err()).doesNotContain("s3cr3t");
        assertThat(dcs.requests()).isEmpty();
        assertThat(database.one("select count(*) from report.sync_run")).isEqualTo(0L);
    }

    @Test
    void a_source_that_is_not_configured_and_a_configuration_without_any_are_usage_errors() {
        InstalledProgram fresh = InstalledProgram.in(folder.resolve("fresh"));
        Ended unknown = program.run("sync", "--source", "pord");
        Ended none = fresh.run("sync");
        fresh.close();

        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("No source is named 'pord'; configured are: prod");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("no source is configured").contains("--config FILE");
        assertThat(folder.resolve("fresh/data")).doesNotExist();
        assertThat(dcs.requests()).isEmpty();
    }

    @Test
    void without_a_database_nothing_is_asked_of_the_endpoint() {
        program.with("database.password", "not-the-one");
        Ended refused = program.run("sync", "--verbose");
        program.with("database.url", "jdbc:postgresql://127.0.0.1:1/nowhere");
        Ended away = program.run("sync");

        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err())
                .contains("password authentication failed for user", "Check database.url")
                .doesNotContain("not-the-one");
        assertThat(away.exitCode()).isEqualTo(3);
        assertThat(away.err().lines()).singleElement().asString().contains("127.0.0.1:1/nowhere", "Check database.url");
        assertThat(dcs.requests()).isEmpty();
    }

    @Test
    void an_empty_database_is_migrated_by_migrate_or_by_the_first_sync_unless_that_is_forbidden() {
        database.run("drop schema report cascade; drop schema dcs cascade");
        program.with("database.migrate", false);

        Ended early = program.run("sync");

        assertThat(early.exitCode()).isEqualTo(3);
        assertThat(early.err().lines()).singleElement().asString().contains("dcs-sync migrate");
        assertThat(dcs.requests()).isEmpty();

        Ended first = program.run("migrate");
        Ended second = program.run("migrate");
        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).matches("The schema is up to date; migrations applied: \\d+\\.\\R");
        assertThat(second.out()).matches("The schema is up to date\\.\\R");
        assertThat(program.run("sync").exitCode()).isZero();
    }

    /** Where a key stands: file and line. */
    private String at(String key) {
        try {
            List<String> lines = Files.readAllLines(program.file());
            int line = 1
                    + lines.indexOf(lines.stream()
                            .filter(l -> l.startsWith(key + " "))
                            .findFirst()
                            .orElseThrow());
            return program.file().getFileName() + ":" + line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
