package io.dcssync.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.dcssync.config.ChannelSettings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.mail.MailConstants;

/** What stands beside the body of a delivery: headers, as receivers of each kind expect them. */
final class Envelope {

    private Envelope() {}

    /**
     * @param alert a row of the statement claim-alerts
     * @throws JsonProcessingException if what the ledger holds is no JSON
     */
    static Map<String, Object> of(Map<String, Object> alert, Channel channel) throws JsonProcessingException {
        if (channel.settings().isMail()) {
            return ofMail(alert, channel);
        }
        return channel.settings().isKafka()
                ? ofRecord(alert, channel.format().contentType())
                : Map.of(Exchange.CONTENT_TYPE, channel.format().contentType(), "webhook-id", alert.get("event_id"));
    }

    private static Map<String, Object> ofMail(Map<String, Object> alert, Channel channel)
            throws JsonProcessingException {
        Notice notice = Notice.of(alert);
        Map<String, Object> headers = new HashMap<>();
        headers.put(Exchange.CONTENT_TYPE, channel.format().contentType());
        headers.put("Message-ID", "<%s@dcs-sync>".formatted(alert.get("event_id")));
        headers.put("Auto-Submitted", "auto-generated"); // nobody who is on holiday answers it
        if (!channel.settings().hasOption("subject")) {
            headers.put(MailConstants.MAIL_SUBJECT, notice.subject());
        }
        if (channel.settings().format() == ChannelSettings.Format.TEXT) {
            headers.put(MailConstants.MAIL_ALTERNATIVE_BODY, notice.asText());
        }
        return headers;
    }

    /**
     * Structured mode, and the event's attributes as headers too, for those that do not look into it.
     *
     * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka Protocol Binding for CloudEvents</a>
     */
    private static Map<String, Object> ofRecord(Map<String, Object> alert, String contentType) {
        Map<String, Object> headers = new LinkedHashMap<>();
        headers.put("content-type", contentType);
        CloudEvents.attributes(alert).forEach((name, value) -> headers.put("ce_" + name, value));
        // events of one task stay in order
        headers.put(
                KafkaConstants.KEY, Optional.ofNullable(alert.get("task_id")).orElse(alert.get("source")));
        return headers;
    }
}
