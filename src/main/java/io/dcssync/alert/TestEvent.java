package io.dcssync.alert;

import io.dcssync.config.ChannelSettings;
import io.dcssync.doctor.Check;
import io.dcssync.doctor.Finding;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Sends one event to a channel, marked as a test, and tells what became of it. The ledger knows nothing of it. */
public final class TestEvent implements Check {

    private static final String DATA =
            "{\"message\":\"This is a test by dcs-sync doctor. No task has failed, and there is nothing to do.\"}";

    private final ChannelSettings channel;
    private final ProducerTemplate template;

    /** @param template of a Camel that has the route {@code deliver-alert} and the channel's endpoint */
    public TestEvent(ChannelSettings channel, ProducerTemplate template) {
        this.channel = channel;
        this.template = template;
    }

    @Override
    public void make(Consumer<Finding> tell) {
        Map<String, Object> event = Map.of(
                "channel", channel.name(),
                "event_id", UUID.randomUUID().toString(),
                "kind", "test",
                "source", "doctor",
                "project_id", channel.name(),
                "time", Instant.now().toString(),
                "data", DATA);
        Attempt attempt = new Round(new Channel(channel)).attempt(event);
        Exchange done = template.request("direct:deliver-alert", exchange -> exchange.setVariable("attempt", attempt));
        if (done.getException() != null) {
            attempt.failed(done.getException());
            if (attempt.outcome() == Attempt.Outcome.SENT) {
                tell.accept(
                        Finding.warn("test event %s: taken, but %s".formatted(event.get("event_id"), attempt.error())));
                return;
            }
            tell.accept(Finding.fail("test event not taken: " + attempt.error() + "; check alert." + channel.name()
                    + ".uri and the receiver"));
            return;
        }
        Integer status = done.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        String how = status == null ? "written" : "taken, HTTP " + status;
        tell.accept(Finding.ok(
                "test event %s: %s%s".formatted(event.get("event_id"), how, attempt.isSigned() ? ", signed" : "")));
    }
}
