package io.dcssync.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dcssync.config.DatabaseSettings;
import io.dcssync.config.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the configured database is opened. */
class LedgerDatabaseIT {

    @AutoClose
    private final TestDatabase database = TestDatabase.fresh();

    @Test
    void readers_write_nothing(@TempDir Path folder) throws Exception {
        try (LedgerDatabase opened = LedgerDatabase.open(settings(folder), folder);
                Connection reader = opened.readers().getConnection();
                Statement statement = reader.createStatement()) {
            assertThatThrownBy(() -> statement.execute("create table public.mine (id int)"))
                    .hasMessageContaining("read-only transaction");
        }
    }

    @Test
    void a_login_in_the_url_serves_for_all_that_is_asked(@TempDir Path folder) throws Exception {
        try (LedgerDatabase opened = LedgerDatabase.open(settings(folder), folder)) {
            assertThat(Migrations.apply(opened.migrators())).isZero();
            Migrations.check(opened.dataSource());
            Migrations.check(opened.readers());
        }
    }

    @Test
    void programs_are_unpacked_beside_the_data_where_the_installation_is_not_to_be_written_to(@TempDir Path folder)
            throws Exception {
        Path data = folder.resolve("installation/data");
        Path cluster = folder.resolve("state/postgres");
        assertThat(LedgerDatabase.programs(cluster, data)).isEqualTo(data);

        Files.createFile(folder.resolve("installation"));

        assertThat(LedgerDatabase.programs(cluster, data)).isEqualTo(folder.resolve("state"));
    }

    private DatabaseSettings settings(Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("my.properties"),
                "database.url = %s&user=%s&password=%s"
                        .formatted(
                                database.jdbcUrl(),
                                database.user(),
                                database.password().reveal()));
        return SettingsReader.read(List.of(file), Map.of()).database();
    }
}
