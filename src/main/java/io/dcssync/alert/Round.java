package io.dcssync.alert;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One round over a channel: every alert that was due when it began is tried once. A receiver that is out of reach ends
 * the round, as it would keep each of the others waiting too; so does one that asks to be left alone for a while. Used
 * by one thread, except for {@link #stop()}.
 */
public final class Round {

    /** Time for one delivery to be answered. */
    public static final Duration SEND_TIMEOUT = Duration.ofSeconds(10);

    // outlasts one delivery by far, so that only a process that died leaves a claim behind
    private static final Duration CLAIM = Duration.ofSeconds(30);
    private static final Duration TO_SEND_AND_RECORD = SEND_TIMEOUT.plusSeconds(5);
    private static final int BATCH = 100;

    private final Channel channel;
    private String dueBy;
    private long claimedAt;
    private int begun;
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
        facts.put("batch", BATCH);
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
        begun = 0;
        if (dueBy == null && !exhausted) {
            dueBy = (String) alerts.get(0).get("claimed_at");
        }
    }

    /** Whether there may be more to claim. */
    public boolean goesOn() {
        return !exhausted && !hasEnded();
    }

    /**
     * Whether there is time to send the alert that was begun last, and to record that, before the claim ends. The first of
     * a claim is sent in any case, or a database that is slow to hand out alerts would keep us claiming for ever.
     */
    public boolean hasTime() {
        long since = System.nanoTime() - claimedAt;
        return !hasEnded()
                && (begun <= 1 || since < CLAIM.minus(TO_SEND_AND_RECORD).toNanos());
    }

    /** Begins an attempt to send a claimed alert. */
    public Attempt attempt(Map<String, Object> alert) {
        begun++;
        return new Attempt(this, channel, alert);
    }

    void receiverIsOutOfReach() {
        outOfReach = true;
    }

    private boolean hasEnded() {
        return outOfReach || stopped || channel.rests();
    }
}
