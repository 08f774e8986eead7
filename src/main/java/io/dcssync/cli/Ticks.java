package io.dcssync.cli;

import java.time.Clock;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.quartz.JobExecutionContext;
import org.quartz.Trigger;
import org.quartz.listeners.TriggerListenerSupport;
import org.slf4j.LoggerFactory;

/**
 * Leaves out ticks for which no pass should be made. Quartz makes up for each tick that is less than a minute late; here
 * several that were missed in a row become one pass, as no pass can see what an earlier one would have seen. Thread-safe.
 */
final class Ticks extends TriggerListenerSupport {

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
        return !isRead(source) || isFollowed(tick);
    }

    private boolean isRead(String source) {
        boolean read = sources.contains(source);
        if (!read && told.add(source)) {
            LoggerFactory.getLogger(Ticks.class)
                    .warn(
                            "{}: another node schedules this source, and this one has it not in its configuration: ticks that come here are lost. Give all nodes the same configuration",
                            source);
        }
        return read;
    }

    /** Whether the next tick is due as well, which will do for both. */
    private boolean isFollowed(JobExecutionContext tick) {
        Date next = tick.getNextFireTime(); // null: there is none
        return next != null && !next.toInstant().isAfter(clock.instant());
    }
}
