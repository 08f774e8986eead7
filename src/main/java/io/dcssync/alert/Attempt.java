package io.dcssync.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** One claimed alert while it is sent: what became of it, and what the ledger has to know of that. Used by one thread. */
public final class Attempt {

    /** What became of a claimed alert. */
    public enum Outcome {
        /** There was no time to send it, or the program stopped meanwhile: it may have arrived, or not. */
        NOT_TRIED,
        /** The receiver took it, if not for all who are to be told. */
        SENT,
        /** It could not be sent, or the receiver refused it. */
        FAILED
    }

    private static final Logger log = LoggerFactory.getLogger(Attempt.class);
    private static final List<String> LABELS = List.of("alert_id", "channel", "kind", "source", "run_id", "task_id");

    private final Round round;
    private final Channel channel;
    private final Map<String, Object> alert;
    private final boolean first;
    private Outcome outcome = Outcome.NOT_TRIED;
    private String error;
    private boolean refusedForGood;
    private Optional<Duration> askedToWait = Optional.empty();

    /** @param first whether it is the first of its claim */
    Attempt(Round round, Channel channel, Map<String, Object> alert, boolean first) {
        this.round = round;
        this.channel = channel;
        this.alert = alert;
        this.first = first;
    }

    /** The claimed alert, a row of the statement claim-alerts. */
    public Map<String, Object> alert() {
        return alert;
    }

    /** Whether there is time to make it. */
    public boolean hasTime() {
        return round.hasTime(first);
    }

    /** What is sent: bytes where it goes by HTTP, so that what is signed is what arrives; text for other components. */
    public Object body() throws JsonProcessingException {
        String event = channel.format().event(alert);
        return channel.settings().isHttp() ? event.getBytes(StandardCharsets.UTF_8) : event;
    }

    /** What stands beside {@link #body()}: its media type, the id of the event, and what the kind of the channel asks for. */
    Map<String, Object> headers() throws JsonProcessingException {
        return Envelope.of(alert, channel);
    }

    /** Whether the delivery is to carry a {@link #signature}. */
    public boolean isSigned() {
        return channel.signature().isPresent();
    }

    /** The headers that sign a body. */
    Map<String, String> signature(byte[] body, Instant now) {
        return channel.signature().orElseThrow().headers((String) alert.get("event_id"), now, body);
    }

    public Outcome outcome() {
        return outcome;
    }

    // routes ask by these: to compare a constant of an enum with a text, Camel looks through all its converters each
    // time

    /** Whether the receiver took it. */
    public boolean isSent() {
        return outcome == Outcome.SENT;
    }

    /** Whether it is to be recorded as failed. */
    public boolean hasFailed() {
        return outcome == Outcome.FAILED;
    }

    /** Whether the alert is to be given back. */
    public boolean isUntried() {
        return outcome == Outcome.NOT_TRIED;
    }

    /** Takes note that the receiver took the alert. */
    public void succeeded() {
        outcome = Outcome.SENT;
        channel.met(true);
    }

    /** Takes note that the alert could not be sent; a send that a stop has cut short does not count. */
    public void failed(Throwable thrown) {
        if (round.isStopped()) {
            return;
        }
        channel.met(false);
        SendFailure failure = SendFailure.of(thrown, channel.settings());
        // sending again would tell those again who have it
        outcome = failure.isPartial() ? Outcome.SENT : Outcome.FAILED;
        error = failure.message();
        refusedForGood = failure.isFinal();
        askedToWait = failure.retryAfter();
        askedToWait.ifPresent(channel::rest);
        if (!failure.answered()) {
            round.receiverIsOutOfReach();
        }
    }

    /** Why it failed, or did not reach all; null where it did. */
    String error() {
        return error;
    }

    /** Says which alert was delivered, and to whom not. */
    void describe(ObjectNode delivery) {
        delivery.put("alert", ((Number) alert.get("alert_id")).longValue());
        delivery.put("claim", (String) alert.get("claim")).put("error", error);
    }

    /** Whether it is this alert that a row of the ledger is about. */
    boolean isOf(Map<String, Object> row) {
        return row.get("alert_id").equals(alert.get("alert_id"));
    }

    /** What the ledger has to know of an attempt that failed, or was not made. */
    public Map<String, Object> toRecord() {
        Map<String, Object> facts = new HashMap<>();
        facts.put("alert", alert.get("alert_id"));
        facts.put("claim", alert.get("claim"));
        facts.put("error", error);
        facts.put("refusedForGood", refusedForGood);
        facts.put("maxAttempts", channel.settings().maxAttempts());
        facts.put("retryDelaySeconds", seconds(channel.settings().retryDelay()));
        facts.put("retryAfterSeconds", askedToWait.map(Attempt::seconds).orElse(null));
        return facts;
    }

    /** Takes the ledger's answer to an attempt, and says what becomes of the alert; null: another process has it by now. */
    public void recordedAs(Map<String, Object> row) {
        String which = "alert %s to %s".formatted(alert.get("alert_id"), channel.name());
        if (row == null) {
            in(log.atInfo())
                    .log("{} took longer than its claim; another process sends it too, with the same id", which);
        } else if (outcome == Outcome.SENT && error != null) {
            in(log.atWarn()).log("{} delivered, but {}; it is not sent again, as others have it", which, error);
        } else if (outcome == Outcome.SENT) {
            in(log.atDebug()).log("{} delivered at attempt {}", which, row.get("attempts"));
        } else {
            in(log.atWarn())
                    .log(
                            "{} not delivered ({}), attempt {} of {}, {}{}",
                            which,
                            error,
                            row.get("attempts"),
                            channel.settings().maxAttempts(),
                            next(row),
                            askedToWait
                                    .map(wait -> "; the receiver asks for a pause, nothing else is sent to it for %d s"
                                            .formatted(wait.toSeconds()))
                                    .orElse(""));
        }
    }

    /** Says of a line of the log which alert it is about. */
    private LoggingEventBuilder in(LoggingEventBuilder line) {
        LoggingEventBuilder labelled = line;
        for (String label : LABELS) {
            if (alert.get(label) != null) {
                labelled = labelled.addKeyValue(label.replace("_id", ""), alert.get(label));
            }
        }
        return labelled;
    }

    private String next(Map<String, Object> row) {
        return row.get("again_at") == null
                ? "%s: it is dead, and kept; to send it again: alerts retry %s"
                        .formatted(refusedForGood ? "refused for good" : "given up", alert.get("alert_id"))
                : "next at " + row.get("again_at");
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
