package io.dcssync.ledger.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server that was just made is like. */
class ServerSettingsIT {

    @TempDir
    private static Path data;

    private static EmbeddedDatabase database;

    @BeforeAll
    static void start() {
        database = EmbeddedDatabase.attach(data, Path.of("target"), Duration.ofSeconds(30));
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void what_is_committed_is_on_the_disk() throws SQLException {
        assertThat(List.of(
                        Sql.ask(database, "show fsync"),
                        Sql.ask(database, "show synchronous_commit"),
                        Sql.ask(database, "show full_page_writes"),
                        Sql.ask(database, "show data_checksums")))
                .containsOnly("on");
    }

    @Test
    void only_this_machine_is_served() throws SQLException {
        assertThat(Sql.ask(database, "show listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(database.jdbcUrl()).startsWith("jdbc:postgresql://127.0.0.1:");
    }

    @Test
    void text_is_unicode_and_sorts_the_same_everywhere() throws SQLException {
        assertThat(Sql.ask(database, "select lower('ÄÉ迁移')")).isEqualTo("äé迁移");
        assertThat(Sql.ask(database, "select string_agg(x, '' order by x) from unnest('{b,a,B,Ä}'::text[]) x"))
                .isEqualTo("BabÄ");
    }

    @Test
    void the_program_is_no_superuser_but_may_create_schemas_and_the_readers_role() throws SQLException {
        assertThat(Sql.ask(database, "show is_superuser")).isEqualTo("off");
        Sql.execute(database, "create schema report");
        Sql.execute(database, "create role dcs_reader");
        Sql.execute(database, "grant usage on schema report to dcs_reader");
    }

    @Test
    void nobody_logs_in_as_the_superuser() {
        assertThatThrownBy(() -> DriverManager.getConnection(
                        database.jdbcUrl(), "postgres", database.password().reveal()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void the_folder_and_the_password_are_private() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("password"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(data.resolve("password")).strip()).hasSizeGreaterThan(30);
    }

    @Test
    void the_server_has_a_session_of_its_own_so_that_ctrl_c_does_not_reach_it() throws Exception {
        long pid = Postmaster.of(data.resolve("cluster")).orElseThrow().pid();
        Process ps = new ProcessBuilder("ps", "-o", "pgid=", "-p", Long.toString(pid)).start();
        assertThat(new String(ps.getInputStream().readAllBytes(), UTF_8).strip())
                .isEqualTo(Long.toString(pid));
    }
}
