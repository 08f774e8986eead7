package io.dcssync.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

class EmbeddedDatabaseIT {

    private static final Path PROGRAMS = Path.of("target").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private static Path made;

    @TempDir
    private Path folder;

    @BeforeAll
    static void make_the_database_files_once() {
        EmbeddedDatabase.attach(made, PROGRAMS, PATIENCE).close();
    }

    @BeforeEach
    void start_from_a_copy_of_them() throws IOException {
        Files.createDirectories(data().getParent());
        try (Stream<Path> all = Files.walk(made)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                Files.copy(each, data().resolve(made.relativize(each).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** A name that wants quoting. */
    private Path data() {
        return folder.resolve("Jane's data").resolve("postgres");
    }

    private EmbeddedDatabase attach() {
        return EmbeddedDatabase.attach(data(), PROGRAMS, PATIENCE);
    }

    private Optional<Postmaster> server() {
        Path cluster = data().resolve("cluster");
        return Optional.of(cluster)
                .filter(Files::isDirectory)
                .flatMap(Postmaster::of)
                .filter(Postmaster::isAlive);
    }

    @AfterEach
    void no_server_stays_behind() {
        Optional<Postmaster> left = server();
        left.flatMap(server -> ProcessHandle.of(server.pid())).ifPresent(EmbeddedDatabaseIT::killed);
        assertThat(left).isEmpty();
    }

    @Test
    void data_port_and_password_survive_stop_and_start() throws SQLException {
        String url;
        try (EmbeddedDatabase database = attach()) {
            url = database.jdbcUrl();
            Sql.execute(database, "create table kept as select 42 as answer");
        }
        assertThat(server()).isEmpty();
        try (EmbeddedDatabase database = attach()) {
            assertThat(Sql.ask(database, "select answer from kept")).isEqualTo("42");
            assertThat(database.jdbcUrl()).isEqualTo(url);
        }
    }

    @Test
    void attachments_of_one_process_are_counted() throws SQLException {
        EmbeddedDatabase first = attach();
        EmbeddedDatabase second = attach();
        first.close();
        first.close();
        assertThat(Sql.ask(second, "select 1")).isEqualTo("1");
        second.close();
        assertThat(server()).isEmpty();
    }

    @Test
    void many_at_once_get_one_server() {
        List<EmbeddedDatabase> all =
                IntStream.range(0, 8).parallel().mapToObj(i -> attach()).toList();
        assertThat(all)
                .extracting(EmbeddedDatabase::jdbcUrl)
                .containsOnly(all.get(0).jdbcUrl());
        all.parallelStream().forEach(EmbeddedDatabase::close);
    }

    @Test
    void another_process_finds_the_server_and_the_last_to_leave_stops_it() throws Exception {
        EmbeddedDatabase database = attach();
        try (AttachedProcess other = AttachedProcess.to(data(), PROGRAMS)) {
            assertThat(other.jdbcUrl()).isEqualTo(database.jdbcUrl());
            database.close();
            assertThat(server()).isPresent();
            other.leave();
            assertThat(server()).isEmpty();
        }
    }

    @Test
    void the_server_of_a_killed_process_is_found_and_then_stopped() throws Exception {
        long pid;
        try (AttachedProcess killed = AttachedProcess.to(data(), PROGRAMS)) {
            pid = server().orElseThrow().pid();
            killed.kill();
        }
        try (EmbeddedDatabase database = attach()) {
            assertThat(server().orElseThrow().pid()).isEqualTo(pid);
            assertThat(Sql.ask(database, "select 1")).isEqualTo("1");
        }
        assertThat(server()).isEmpty();
    }

    @Test
    void a_killed_server_is_started_again_when_its_processes_have_ended() throws Exception {
        try (EmbeddedDatabase before = attach();
                Connection session = DriverManager.getConnection(
                        before.jdbcUrl(), before.user(), before.password().reveal())) {
            int process = session.unwrap(PGConnection.class).getBackendPID();
            signal("STOP", process);
            killed(ProcessHandle.of(server().orElseThrow().pid()).orElseThrow());
            CompletableFuture<EmbeddedDatabase> after = CompletableFuture.supplyAsync(this::attach);
            await().ignoreExceptions()
                    .until(() -> Files.readString(data().resolve("server.log")).contains("still in use"));
            signal("CONT", process);

            try (EmbeddedDatabase database = after.join()) {
                assertThat(Sql.ask(database, "select 1")).isEqualTo("1");
            }
        }
    }

    private static void signal(String name, long process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void a_killed_server_is_started_again_on_its_port_with_all_that_was_committed() throws SQLException {
        try (EmbeddedDatabase before = attach()) {
            Sql.execute(before, "create table kept as select 42 as answer");
            killed(ProcessHandle.of(server().orElseThrow().pid()).orElseThrow());
            try (EmbeddedDatabase after = attach()) {
                assertThat(after.jdbcUrl()).isEqualTo(before.jdbcUrl());
                assertThat(Sql.ask(after, "select answer from kept")).isEqualTo("42");
            }
        }
    }

    @Test
    void a_pid_that_now_belongs_to_another_process_does_not_stop_the_start() throws Exception {
        Files.write(
                data().resolve("cluster").resolve("postmaster.pid"),
                List.of(
                        Long.toString(ProcessHandle.current().pid()),
                        data().toRealPath() + "/cluster",
                        "1700000000",
                        "1",
                        "",
                        "127.0.0.1",
                        "  1 1",
                        "ready   "));
        try (EmbeddedDatabase database = attach()) {
            assertThat(Sql.ask(database, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void a_pid_file_that_a_loss_of_power_has_torn_does_not_stop_the_start() throws Exception {
        for (String torn : List.of("", "\0\0\0\0")) {
            Files.writeString(data().resolve("cluster").resolve("postmaster.pid"), torn);
            try (EmbeddedDatabase database = attach()) {
                assertThat(Sql.ask(database, "select 1")).isEqualTo("1");
            }
        }
    }

    @Test
    void a_process_killed_while_making_the_database_files_does_no_harm() throws Exception {
        DataFolder.delete(data());
        Path unfinished = Files.createDirectories(data().resolve("cluster.new-1-1"));
        Files.writeString(unfinished.resolve("PG_VERSION"), "17\n");
        try (EmbeddedDatabase database = attach()) {
            assertThat(Sql.ask(database, "select 1")).isEqualTo("1");
        }
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void a_lost_password_is_replaced() throws Exception {
        Files.delete(data().resolve("password"));
        try (EmbeddedDatabase database = attach()) {
            assertThat(Sql.ask(database, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void database_files_of_another_version_are_refused() throws IOException {
        Files.writeString(data().resolve("cluster").resolve("PG_VERSION"), "16\n");
        assertThatThrownBy(this::attach)
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining("was made by PostgreSQL 16, this program brings 17");
    }

    @Test
    void a_folder_that_cannot_be_made_is_named() throws IOException {
        DataFolder.delete(data().getParent());
        Files.writeString(data().getParent(), "a file, no folder");
        assertThatThrownBy(this::attach)
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining("not writable")
                .hasMessageContaining("set database.url");
    }

    @Test
    void a_path_that_a_shell_would_change_is_refused() {
        assertThatThrownBy(() -> EmbeddedDatabase.attach(folder.resolve("$HOME"), PROGRAMS, PATIENCE))
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining("$HOME has one of the characters");
    }

    @Test
    void a_server_that_does_not_start_says_why() throws IOException {
        Files.writeString(
                data().resolve("cluster").resolve("postgresql.conf"),
                "\nshared_buffers = 'a lot'\n",
                StandardOpenOption.APPEND);
        assertThatThrownBy(this::attach)
                .isInstanceOf(EmbeddedDatabaseException.class)
                .hasMessageContaining("does not start")
                .hasMessageContaining("shared_buffers");
    }

    @Test
    void patience_ends_while_another_process_starts_or_stops() throws Exception {
        Path lock = data().resolve("start.lock");
        try (FileChannel other = ProcessLock.open(lock)) {
            assertThat(other.tryLock()).isNotNull();
            assertThatThrownBy(() -> EmbeddedDatabase.attach(data(), PROGRAMS, Duration.ofMillis(100)))
                    .isInstanceOf(EmbeddedDatabaseException.class)
                    .hasMessageContaining("takes too long to start or stop");
        }
    }

    @Test
    void a_folder_in_use_from_another_container_is_refused() throws Exception {
        try (AttachedProcess elsewhere = AttachedProcess.to(data(), PROGRAMS)) {
            // a server of another container looks like one that is gone
            killed(ProcessHandle.of(server().orElseThrow().pid()).orElseThrow());
            Files.writeString(data().resolve("started-on"), "another container");
            assertThatThrownBy(this::attach)
                    .isInstanceOf(EmbeddedDatabaseException.class)
                    .hasMessageContaining("in use from another container or machine");
            elsewhere.leave();
        }
    }

    private static void killed(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().join();
    }
}
