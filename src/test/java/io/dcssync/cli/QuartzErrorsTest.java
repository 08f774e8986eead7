package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.dcssync.ledger.LedgerOutage;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.JobPersistenceException;
import org.slf4j.LoggerFactory;

class QuartzErrorsTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.dcssync");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final QuartzErrors errors = new QuartzErrors(new LedgerOutage());

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void end() {
        logger.detachAppender(log);
    }

    @Test
    void that_the_database_gives_no_connection_is_told_once() {
        SQLException gone = new SQLTransientConnectionException("timed out", new SQLException("refused"));
        for (int i = 0; i < 3; i++) {
            errors.schedulerError("scanning", new JobPersistenceException("Failed to obtain DB connection", gone));
        }

        assertThat(told()).singleElement().asString().contains("gives no connection: timed out");
    }

    @Test
    void anything_else_is_told_in_the_words_of_the_database() {
        errors.schedulerError(
                "scanning", new JobPersistenceException("Couldn't acquire", new SQLException("permission denied")));

        assertThat(told()).singleElement().asString().contains("tried again", "permission denied");
    }

    private List<String> told() {
        return log.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
