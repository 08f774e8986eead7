package io.dcssync.cli;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;

/** Writes an event's exception and its causes on the event's line, without traces: what, not where. */
public final class OneLineThrowable extends ThrowableHandlingConverter {

    private static final int DEEPEST = 8;

    @Override
    public String convert(ILoggingEvent event) {
        StringBuilder line = new StringBuilder();
        IThrowableProxy throwable = event.getThrowableProxy();
        for (int depth = 0; throwable != null && depth < DEEPEST; depth++) {
            String name = throwable.getClassName();
            line.append(depth == 0 ? ": " : ", caused by ").append(name.substring(name.lastIndexOf('.') + 1));
            if (throwable.getMessage() != null) {
                line.append(": ").append(throwable.getMessage());
            }
            throwable = throwable.getCause();
        }
        return line.toString();
    }
}
