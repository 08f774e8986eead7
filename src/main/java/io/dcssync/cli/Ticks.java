package io.dcssync.cli;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;
import org.quartz.Trigger;
import org.quartz.listeners.TriggerListenerSupport;
import org.slf4j.LoggerFactory;

/**
 * Leaves out ticks for which no pass should be made. Quartz fires every tick, however late, in the order in which they were
 * due: where there is more to do than can be done, each source has its turn. Of several that were missed, the first makes
 * a pass, and the others are left out, as that pass has seen what theirs would have seen. Thread-safe.
 */
final class Ticks extends TriggerListenerSupport {

    private static final String BEGUN = "begun";

    private final Set<String> sources;
    private final Clock clock;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * Makes it.
     *
     * @param sources those that this node reads
     */
    Ticks(Set<String> sources, Clock clock) {
        this.sources = sources;
        this.clock = clock;
    }

    @Override
    public String getName() {
        return "ticks";
    }

    @Override
    public boolean vetoJobExecution(Trigger trigger, JobExecutionContext tick) {
        String source = trigger.getKey().getName();
        return !isRead(source) || isMadeUpFor(tick);
    }

    private boolean isRead(String source) {
        boolean read = sources.contains(source);
        if (!read && told.add(source)) {
            LoggerFactory.getLogger(Ticks.class)
                    .atWarn()
                    .addKeyValue("source", source)
                    .log(
                            "{}: another node schedules this source, and this one has it not in its configuration: ticks that come here are lost. Give all nodes the same configuration",
                            source);
        }
        return read;
    }

    /** Whether a pass has begun since the tick was due; if not, one begins now. Quartz keeps that for all nodes. */
    private boolean isMadeUpFor(JobExecutionContext tick) {
        JobDataMap kept = tick.getJobDetail().getJobDataMap();
        Instant now = clock.instant();
        if (kept.containsKey(BEGUN)) {
            Instant begun = Instant.parse(kept.getString(BEGUN));
            // one from the future was written by a clock that was wrong
            if (begun.isAfter(tick.getScheduledFireTime().toInstant()) && !begun.isAfter(now)) {
                return true;
            }
        }
        kept.put(BEGUN, now.toString());
        return false;
    }
}
