package io.dcssync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LedgerOutageTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(LedgerOutage.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final LedgerOutage outage = new LedgerOutage();

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
    void it_is_told_once_when_it_begins_and_once_when_it_is_over() {
        outage.isOver();
        assertThat(told()).isEmpty();

        outage.noticed(new SQLTransientConnectionException("refused"));
        outage.noticed(new SQLTransientConnectionException("refused"));
        assertThat(told()).singleElement().asString().contains("WARN", "no connection: refused", "nothing is lost");

        outage.isOver();
        outage.isOver();
        assertThat(told()).hasSize(2).last().asString().contains("INFO", "again");
    }

    @Test
    void each_outage_is_told() {
        for (int i = 0; i < 2; i++) {
            outage.noticed(new SQLTransientConnectionException("refused"));
            outage.isOver();
        }

        assertThat(told()).hasSize(4);
    }

    @Test
    void a_part_of_the_work_that_is_refused_is_told_once_and_once_when_it_goes_on() {
        SQLException full = new SQLException("could not extend file \"1\"", "53100");
        outage.refused("leases", full);
        outage.refused("leases", new SQLException("could not extend file \"2\"", "53100"));
        outage.refused("alerts to ops", full);
        assertThat(told()).hasSize(2).first().asString().contains("WARN", "leases wait: could not extend file \"1\"");
        assertThat(outage.waiting()).containsExactly("alerts to ops", "leases");

        outage.refused("leases", new SQLException("cannot execute UPDATE in a read-only transaction", "25006"));
        assertThat(told()).hasSize(3).last().asString().contains("read-only");

        outage.worked("leases");
        outage.worked("leases");
        assertThat(told()).hasSize(4).last().asString().contains("INFO", "leases go on");
        assertThat(outage.waiting()).containsExactly("alerts to ops");
    }

    @Test
    void what_camel_wraps_around_a_refusal_is_neither_told_nor_another_refusal() {
        SQLException refusal = new SQLException("cannot execute UPDATE in a read-only transaction", "25006");
        outage.refused("alerts to ops", new IllegalStateException("Multicast processing failed", refusal));
        outage.refused("alerts to ops", new SQLException("cannot execute INSERT in a read-only transaction", "25006"));

        assertThat(told()).singleElement().asString().contains("alerts to ops wait: cannot execute UPDATE");
    }

    private List<String> told() {
        return log.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }
}
