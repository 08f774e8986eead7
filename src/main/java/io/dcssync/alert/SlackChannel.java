package io.dcssync.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dcssync.config.ChannelSettings;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Producer;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.component.slack.SlackEndpoint;
import org.apache.camel.support.ProcessorEndpoint;

/**
 * A {@code slack:} endpoint that sends over our own HTTP. Camel's own producer says that it is done before it looks whether
 * Slack has refused, so that an alert would be lost, and it waits for an answer without a deadline. Thread-safe.
 *
 * @see <a href="https://docs.slack.dev/reference/methods/chat.postMessage">chat.postMessage</a>
 */
final class SlackChannel extends ProcessorEndpoint {

    private static final int LONGEST_TEXT = 40_000;

    private final JsonMapper json = CloudEvents.mapper();
    private final SlackEndpoint slack;
    private final HttpEndpoint receiver;
    private final boolean isMessage;
    private final Producer http;

    /**
     * @param slack what the URI of the channel says
     * @param receiver {@link #address} of that
     */
    SlackChannel(ChannelSettings channel, SlackEndpoint slack, HttpEndpoint receiver) throws Exception {
        super("slack-of-channel:" + channel.name(), slack.getCamelContext(), null);
        this.slack = slack;
        this.receiver = receiver;
        isMessage = channel.format() == ChannelSettings.Format.SLACK;
        http = receiver.createProducer();
        getCamelContext().addService(http);
        setProcessor(this::send);
    }

    /**
     * Where messages are posted to; a token wins over a webhook, as it does with Camel.
     *
     * @throws IllegalArgumentException if there is neither, or it is no HTTP address
     */
    static String address(SlackEndpoint slack) {
        String address = slack.getToken() == null
                ? String.valueOf(slack.getWebhookUrl())
                : slack.getServerUrl() + "/api/chat.postMessage";
        if (!address.startsWith("https://") && !address.startsWith("http://")) {
            throw new IllegalArgumentException("no token or webhookUrl with an HTTP address");
        }
        return address;
    }

    HttpEndpoint receiver() {
        return receiver;
    }

    private void send(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        message.setBody(json.writeValueAsBytes(message(message.getBody(String.class))));
        message.setHeader(Exchange.CONTENT_TYPE, "application/json; charset=utf-8");
        if (slack.getToken() != null) {
            message.setHeader("Authorization", "Bearer " + slack.getToken());
        }
        http.process(exchange);
        if (slack.getToken() != null) {
            checkTaken(exchange.getMessage().getBody(String.class));
        }
    }

    private ObjectNode message(String event) throws JsonProcessingException {
        ObjectNode message = isMessage
                ? (ObjectNode) json.readTree(event)
                : json.createObjectNode().put("text", SlackBlocks.escaped(event, LONGEST_TEXT));
        put(message, "channel", slack.getChannel());
        put(message, "username", slack.getUsername());
        put(message, "icon_url", slack.getIconUrl());
        put(message, "icon_emoji", slack.getIconEmoji());
        return message;
    }

    private static void put(ObjectNode message, String field, String value) {
        if (value != null) {
            message.put(field, value);
        }
    }

    /** Slack's methods refuse with status 200. */
    private void checkTaken(String answer) throws SlackRefusal {
        try {
            JsonNode said = json.readTree(answer);
            if (!said.path("ok").asBoolean()) {
                throw new SlackRefusal(said.path("error").asText("no reason"));
            }
        } catch (JsonProcessingException e) {
            throw new SlackRefusal("an answer that is not Slack's");
        }
    }
}
