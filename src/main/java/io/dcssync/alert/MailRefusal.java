package io.dcssync.alert;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import java.io.IOException;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * A mail server has refused the login, addresses, or the mail. The text is what it replied, without the code. It has no
 * cause, which a route would catch in its place.
 */
final class MailRefusal extends Exception {

    private static final long serialVersionUID = 1L;

    // exceptions have the last line of the server as their text
    private static final Pattern REPLY = Pattern.compile("([45]\\d\\d)(?:[ -](.*))?", Pattern.DOTALL);

    private final int code;
    private final int refused;
    private final int taken;

    private MailRefusal(Matcher reply, MessagingException thrown) {
        super(Optional.ofNullable(reply.group(2)).orElse(""));
        code = Integer.parseInt(reply.group(1));
        if (thrown instanceof SendFailedException some) {
            refused = count(some.getInvalidAddresses()) + count(some.getValidUnsentAddresses());
            taken = count(some.getValidSentAddresses());
        } else {
            refused = 0;
            taken = 0;
        }
    }

    private static int count(Address[] addresses) {
        return addresses == null ? 0 : addresses.length;
    }

    /** The refusal that a mail has met; what was thrown where that is none. */
    static Exception of(MessagingException thrown) {
        if (thrown instanceof SMTPSendFailedException failed
                && failed.getReturnCode() < 400
                && count(failed.getValidSentAddresses()) == 0) {
            return new IOException("broken off after some addresses were taken, whatever was said of others");
        }
        return Stream.iterate((Throwable) thrown, Objects::nonNull, Throwable::getCause)
                .map(cause -> REPLY.matcher(String.valueOf(cause.getMessage()).strip()))
                .filter(Matcher::matches)
                // where addresses were refused for several reasons, one that may pass
                .min(Comparator.comparing(reply -> reply.group(1).charAt(0)))
                .map(reply -> (Exception) new MailRefusal(reply, thrown))
                .orElse(thrown);
    }

    /** The code of the reply, 400 to 599. */
    int code() {
        return code;
    }

    /** How many addresses were refused where others got the mail; empty: nobody got it. */
    Optional<String> refusedAddresses() {
        return taken == 0 ? Optional.empty() : Optional.of("%d of %d addresses".formatted(refused, refused + taken));
    }

    /** Whether sending again would change nothing. */
    boolean isFinal() {
        return code >= 500;
    }
}
