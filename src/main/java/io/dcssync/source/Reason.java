package io.dcssync.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.dcssync.config.SourceSettings;
import io.dcssync.outbound.AnswerTooLarge;
import io.dcssync.source.auth.CredentialsUnavailable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;

/**
 * Why a pass could not go on, in the words that stand in its run.
 *
 * @param code short code
 * @param message what happened, and what to do about it
 * @param worthAnotherTry whether asking for the page again may help
 * @param retryAfter how long the endpoint wants us to wait before that; empty: it does not say
 * @param spacing how much time it wants between any two requests from now on; empty: it does not say
 * @param sent whether a request was sent at all
 */
record Reason(
        String code,
        String message,
        boolean worthAnotherTry,
        Optional<Duration> retryAfter,
        Optional<Duration> spacing,
        boolean sent) {

    private static final int LONGEST = 1000;

    Reason {
        message = message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
    }

    Reason(String code, String message, boolean worthAnotherTry) {
        this(code, message, worthAnotherTry, Optional.empty(), Optional.empty(), true);
    }

    private static Reason unsent(String code, String message, boolean worthAnotherTry) {
        return new Reason(code, message, worthAnotherTry, Optional.empty(), Optional.empty(), false);
    }

    /** Returns the same with the keys of this source where it says what to check. */
    Reason of(SourceSettings source) {
        String named = message.replace("source.*.", "source." + source.name() + ".");
        return new Reason(code, named, worthAnotherTry, retryAfter, spacing, sent);
    }

    /** Finds the reason in an exception and its causes. */
    static Reason of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnusableAnswer answer) {
                return new Reason(
                        answer.code(),
                        answer.getMessage(),
                        answer.worthAnotherTry(),
                        answer.retryAfter(),
                        answer.spacing(),
                        true);
            }
            if (cause instanceof CredentialsUnavailable none) {
                return unsent(none.code(), none.getMessage(), none.worthAnotherTry());
            }
            if (cause instanceof EndpointResting) {
                return unsent("endpoint-resting", cause.getMessage(), true);
            }
            if (cause instanceof TurnTooLate) {
                return unsent("max-duration", cause.getMessage(), false);
            }
            if (cause instanceof IOException broken && !(cause instanceof JsonProcessingException)) {
                return ofConnection(broken);
            }
            if (cause instanceof SQLException failed) {
                return new Reason("database", "the ledger could not be written: " + failed.getMessage(), false);
            }
        }
        return new Reason("unexpected", thrown.toString(), false);
    }

    private static Reason ofConnection(IOException broken) {
        if (broken instanceof AnswerTooLarge) {
            return new Reason("too-large", broken.getMessage() + "; lower source.*.page-size", false);
        }
        if (broken instanceof UnknownHostException) {
            return new Reason("unknown-host", "the host of the endpoint has no address; check source.*.endpoint", true);
        }
        if (broken instanceof ConnectTimeoutException || broken instanceof HttpHostConnectException) {
            return new Reason(
                    "no-connection",
                    "the endpoint cannot be reached: " + broken.getMessage()
                            + "; check source.*.endpoint and source.*.proxy",
                    true);
        }
        if (broken instanceof SocketTimeoutException) {
            return new Reason(
                    "timeout",
                    "the endpoint did not answer in time (" + broken.getMessage() + "); see source.*.request-timeout",
                    true);
        }
        if (broken instanceof SSLException) {
            return new Reason(
                    "tls",
                    "no secure connection to the endpoint: " + broken.getMessage()
                            + "; an authority of your own is named by source.*.ca-path",
                    true);
        }
        return new Reason(
                "cut-off",
                "the connection ended, or time was up, before the answer was whole: " + broken.getMessage(),
                true);
    }
}
