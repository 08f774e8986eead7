package io.dcssync.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * One round over a channel: every alert that was due when it began is tried once. A receiver that is out of reach ends
 * the round, as it would keep each of the others waiting too; so does one that asks to be left alone for a while. Where the
 * receiver did not take the last alert, that is found out with one, before others are sent side by side. Claims are made by
 * one thread; what attempts ask and tell is thread-safe, and so is {@link #stop()}.
 */
public final class Round {

    /** Time for one delivery to be answered. */
    public static final Duration SEND_TIMEOUT = Duration.ofSeconds(10);

    // outlasts one delivery by far, so that only a process that died leaves a claim behind
    private static final Duration CLAIM = Duration.ofSeconds(30);
    private static final Duration TO_SEND_AND_RECORD = SEND_TIMEOUT.plusSeconds(5);
    private static final int BATCH = 100;

    private final Channel channel;
    private final AtomicBoolean begun = new AtomicBoolean();
    private String dueBy;
    private long claimedAt;
    private boolean exhausted;
    private boolean finished;
    private volatile boolean outOfReach;
    private volatile boolean stopped;

    public Round(Channel channel) {
        this.channel = channel;
    }

    /** What the ledger has to know to hand out the next alerts. */
    public Map<String, Object> toClaim() {
        claimedAt = System.nanoTime();
        Map<String, Object> facts = new HashMap<>();
        facts.put("channel", channel.name());
        facts.put("batch", dueBy == null && !channel.isWell() ? 1 : BATCH);
        facts.put("claimSeconds", CLAIM.toSeconds());
        facts.put("digestTasks", CloudEvents.DIGEST_TASKS);
        facts.put("dueBy", dueBy);
        return facts;
    }

    /** What the ledger has to know to find the incidents that are over, and what means nothing to the receiver. */
    public Map<String, Object> toSettleIncidents() {
        return Map.of(
                "channel", channel.name(), "keepsIncidents", channel.settings().keepsIncidents());
    }

    /** What the ledger has to know to say whether other processes are sending alerts of the channel. */
    public Map<String, Object> toCountClaims() {
        return Map.of("channel", channel.name());
    }

    /** Takes the number of alerts that other processes have claimed; once they have none, all that was due was tried. */
    public void othersHave(long claims) {
        finished = claims == 0;
        exhausted = false;
    }

    /** Whether an alert that was due may not have been tried yet. */
    public boolean isOpen() {
        return !finished && !hasEnded();
    }

    /** Ends the round: the program stops. */
    public void stop() {
        stopped = true;
    }

    /** Whether the program stops, so that a send that failed was cut short here. */
    boolean isStopped() {
        return stopped;
    }

    /** Takes the alerts that were claimed. */
    public void claimed(List<Map<String, Object>> alerts) {
        exhausted = alerts.isEmpty();
        begun.set(false);
        if (dueBy == null && !exhausted) {
            dueBy = (String) alerts.get(0).get("claimed_at");
        }
    }

    /** Whether there may be more to claim. */
    public boolean goesOn() {
        return !exhausted && !hasEnded();
    }

    /**
     * Divides claimed alerts into those that are sent at once, as many as the channel bears, one handful after the other. As
     * no two alerts of a claim are of one task, none overtakes an earlier one of its task.
     */
    List<List<Map<String, Object>>> handfuls(List<Map<String, Object>> alerts) {
        int size = channel.isWell() ? channel.settings().sideBySide() : 1;
        return IntStream.iterate(0, first -> first < alerts.size(), first -> first + size)
                .mapToObj(first -> alerts.subList(first, Math.min(first + size, alerts.size())))
                .toList();
    }

    /** Begins an attempt to send a claimed alert. */
    public Attempt attempt(Map<String, Object> alert) {
        return new Attempt(this, channel, alert, !begun.getAndSet(true));
    }

    /**
     * Whether there is time to send an alert, and to record that, before the claim ends. The first of a claim is sent in
     * any case, or a database that is slow to hand out alerts would keep us claiming for ever.
     */
    boolean hasTime(boolean first) {
        long since = System.nanoTime() - claimedAt;
        return !hasEnded() && (first || since < CLAIM.minus(TO_SEND_AND_RECORD).toNanos());
    }

    /** What the ledger has to know of alerts that were delivered. */
    Map<String, Object> toRecord(List<Attempt> sent) {
        ArrayNode deliveries = JsonNodeFactory.instance.arrayNode();
        sent.forEach(attempt -> attempt.describe(deliveries.addObject()));
        return Map.of(
                "deliveries",
                deliveries.toString(),
                "keepsIncidents",
                channel.settings().keepsIncidents());
    }

    void receiverIsOutOfReach() {
        outOfReach = true;
    }

    private boolean hasEnded() {
        return outOfReach || stopped || channel.rests();
    }
}
