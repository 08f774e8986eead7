package io.dcssync.alert;

import java.util.Set;

/** Slack has answered, and not taken the message. The text is what Slack calls the error. */
final class SlackRefusal extends Exception {

    private static final long serialVersionUID = 1L;

    // what Slack says when it is its own fault, or passes
    private static final Set<String> FOR_NOW = Set.of(
            "an answer that is not Slack's",
            "no reason",
            "fatal_error",
            "internal_error",
            "ratelimited",
            "rate_limited",
            "request_timeout",
            "service_unavailable",
            "team_added_to_org");

    SlackRefusal(String error) {
        super(error);
    }

    /** Whether sending it again would change nothing. */
    boolean isFinal() {
        return !FOR_NOW.contains(getMessage());
    }
}
