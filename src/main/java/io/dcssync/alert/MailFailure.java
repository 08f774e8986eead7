package io.dcssync.alert;

import jakarta.mail.MessagingException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail server's refusal: of the login, of an address, or of the mail.
 *
 * @param code of its reply, 400 to 599
 */
record MailFailure(int code, String words) {

    // exceptions have the last line of the server as their text
    private static final Pattern REPLY = Pattern.compile("([45]\\d\\d)(?:[ -](.*))?", Pattern.DOTALL);

    /** What the server replied; empty: the failure is none of its refusals. */
    static Optional<MailFailure> of(MessagingException thrown) {
        Matcher reply = REPLY.matcher(String.valueOf(thrown.getMessage()).strip());
        return reply.matches()
                ? Optional.of(new MailFailure(
                        Integer.parseInt(reply.group(1)),
                        Optional.ofNullable(reply.group(2)).orElse("")))
                : Optional.empty();
    }

    /** Whether sending again would change nothing. */
    boolean isFinal() {
        return code >= 500;
    }
}
