package io.dcssync.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;

/**
 * Keeps what is logged on the line of its event: it may hold texts of endpoints and receivers, which must not look like
 * events of their own, nor steer a terminal.
 */
public final class OneLine extends CompositeConverter<ILoggingEvent> {

    @Override
    protected String transform(ILoggingEvent event, String text) {
        return Complaints.oneLine(text);
    }
}
