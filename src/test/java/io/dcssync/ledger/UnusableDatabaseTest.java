package io.dcssync.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dcssync.config.DatabaseSettings;
import io.dcssync.config.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnusableDatabaseTest {

    private final List<String> written = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            written.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen_to_the_drivers_own_log() {
        Logger.getLogger("").addHandler(listener);
    }

    @AfterEach
    void listen_no_more() {
        Logger.getLogger("").removeHandler(listener);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://127.0.0.1:1/x?password=hunter2",
                "jdbc:postgresql://127.0.0.1:1/x?user=me&password=hunter2&ssl=true",
                "jdbc:postgresql://me:hunter2@127.0.0.1:1/x",
                "jdbc:postgresql://me:hunter2@127.0.0.1:port/x?password=hunter2",
                "jdbc:postgresql://127.0.0.1:port/x?password=hunter2",
                "jdbc:postgresql://127.0.0.1:99999/x?password=hunter2",
                "jdbc:postgresql://127.0.0.1:1/x%zz?password=hunter2",
                "jdbc:postgresql:?password=hunter2&socketTimeout=much",
                "jdbc:postgresql:/x?password=hunter2",
                "jdbc:postgresql://127.0.0.1:1?password=hunter2",
            })
    void what_keeps_a_database_from_being_used_is_told_without_its_password(String url) {
        DatabaseSettings settings = new DatabaseSettings(
                Optional.of(url), Optional.of("me"), Optional.of(new Secret("hunter2")), Optional.empty(), 1, true);
        DatabaseRefused refusal =
                catchThrowableOfType(DatabaseRefused.class, () -> LedgerDatabase.open(settings, Path.of("target")));

        assertThat(written).isEmpty();
        assertThat(refusal).hasMessageStartingWith("The database jdbc:postgresql:");
        assertThat(Throwables.getStackTrace(refusal)).doesNotContain("hunter2");
    }
}
