package io.dcssync.source;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What the log says of passes as a whole: how they came to be made, or not, and what they came to. Thread-safe. */
public final class PassLog {

    private static final Logger log = LoggerFactory.getLogger(PassLog.class);

    public void waits(@Variable("pass") Pass pass) {
        pass.in(log.atInfo()).log("{}: waiting for {} to end", pass.source().name(), pass.holder());
    }

    public void takesOver(@Variable("pass") Pass pass) {
        pass.in(log.atInfo())
                .log(
                        "{}: {} has given no sign of life for longer than its lease; taking the source over",
                        pass.source().name(),
                        pass.holder());
    }

    public void ended(@Variable("pass") Pass pass) {
        pass.in(log.atLevel(pass.isWanting() ? Level.WARN : Level.INFO))
                .log("{}: {}", pass.source().name(), pass.summary());
    }

    /** Not {@code @ExchangeException}, which is the root cause: that does not say what was tried. */
    public void brokeOff(@Variable("pass") Pass pass, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception thrown) {
        pass.in(log.atWarn())
                .log(
                        "{}: no pass could be made or recorded, next try by schedule: {}",
                        pass.source().name(),
                        thrown.getMessage());
    }
}
