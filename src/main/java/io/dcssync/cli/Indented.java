package io.dcssync.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import java.util.stream.Collectors;

/** Indents the lines below an event, such as a trace, so that none looks like an event of its own or steers a terminal. */
public final class Indented extends CompositeConverter<ILoggingEvent> {

    @Override
    protected String transform(ILoggingEvent event, String text) {
        return text.lines()
                .map(line -> "    " + Complaints.oneLine(line) + System.lineSeparator())
                .collect(Collectors.joining());
    }
}
