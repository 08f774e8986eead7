package io.dcssync.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.dcssync.config.ChannelSettings;
import java.util.Map;

/** How the alerts of a channel are written. Implementations are thread-safe. */
interface EventFormat {

    /**
     * Writes a claimed alert, a row of the statement claim-alerts. It gives the same text however often it is asked.
     *
     * @throws JsonProcessingException if what the ledger holds is no JSON
     */
    String event(Map<String, Object> alert) throws JsonProcessingException;

    /** The media type of what is written. */
    String contentType();

    static EventFormat of(ChannelSettings channel) {
        return switch (channel.format()) {
            case CLOUDEVENTS -> new CloudEvents();
            case PAGERDUTY -> new PagerDutyEvents(channel.secret().orElseThrow());
            case SLACK -> new SlackMessages();
            case TEXT -> new PlainText();
        };
    }
}
