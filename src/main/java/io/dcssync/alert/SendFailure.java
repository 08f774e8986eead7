package io.dcssync.alert;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * Why an alert could not be sent, in words made here: an exception's own text may hold the URI of the channel, which is a
 * secret.
 *
 * @param answered whether the receiver answered at all
 */
record SendFailure(String message, boolean answered) {

    private static final int LONGEST_BODY = 1000;

    static SendFailure of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpOperationFailedException refused) {
                return new SendFailure("HTTP " + refused.getStatusCode() + piece(refused.getResponseBody()), true);
            }
            if (cause instanceof IOException broken) {
                return new SendFailure(words(broken), false);
            }
        }
        return new SendFailure("not sent: " + thrown.getClass().getSimpleName(), false);
    }

    private static String words(IOException broken) {
        if (broken instanceof UnknownHostException) {
            return "the receiver's host has no address";
        }
        if (broken instanceof ConnectException) {
            return "no connection to the receiver";
        }
        if (broken instanceof SocketTimeoutException) {
            return "no answer from the receiver in time";
        }
        if (broken instanceof SSLException) {
            return "no secure connection to the receiver";
        }
        return "the connection ended, or time was up, before the receiver had answered";
    }

    private static String piece(String body) {
        String line =
                body == null ? "" : body.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(line.length(), LONGEST_BODY));
    }
}
