package io.dcssync.source;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides how long to wait before a page is asked for again: a backoff that doubles up to 30 seconds, with a quarter of
 * jitter either way so that sources that failed together do not come back together; longer where the endpoint asks for that.
 * Thread-safe.
 */
public final class AskAgain implements Processor {

    private static final Logger log = LoggerFactory.getLogger(AskAgain.class);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Duration first;

    /** @param first the first pause */
    public AskAgain(Duration first) {
        this.first = first;
    }

    /** Called by the error handler after each try that failed. */
    @Override
    public void process(Exchange exchange) {
        Pass pass = exchange.getVariable("pass", Pass.class);
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Reason reason = Reason.of(thrown).of(pass.source());
        pass.asking().failed(thrown);
        String tries = "%s: no page at offset %d, attempt %d of %d: %s"
                .formatted(
                        pass.source().name(),
                        pass.offset(),
                        pass.asking().triesOfPage(),
                        pass.source().maxAttempts(),
                        reason.message());
        if (pass.isToAskAgain()) {
            Duration backoff = pause(
                    pass.asking().triesOfPage(), ThreadLocalRandom.current().nextDouble());
            Duration pause = reason.retryAfter()
                    .filter(asked -> asked.compareTo(backoff) > 0)
                    .orElse(backoff);
            exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, pause.toMillis());
            pass.in(log.atInfo()).log("{}; asking again in {} ms", tries, pause.toMillis());
        } else if (pass.isEndedEarly()) {
            // by what is told elsewhere: a stop, a takeover, its time, a page that could not be stored
            pass.in(log.atDebug()).log("{}; the pass has ended meanwhile", tries);
        } else {
            String asked = reason.retryAfter()
                    .map(wait -> " (asked to wait for " + wait.toSeconds() + " s)")
                    .orElse("");
            pass.in(log.atWarn()).log("{}{}; the pass ends here", tries, asked);
        }
    }

    /**
     * @param tries tries so far, 1 or more
     * @param random from 0 to 1
     */
    Duration pause(int tries, double random) {
        double doubled = first.toMillis() * Math.pow(2, Math.min(tries - 1, 20)) * (0.75 + random / 2);
        return Duration.ofMillis(Math.min((long) doubled, LONGEST.toMillis()));
    }
}
