package io.dcssync.cli;

import io.dcssync.config.SourceSettings;
import java.util.Set;
import java.util.TimeZone;
import org.quartz.CronScheduleBuilder;
import org.quartz.CronTrigger;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The triggers in Quartz's store, which may be those of an earlier configuration. Camel makes the ones that are lacking
 * and applies a changed schedule; the rest is done here. Where nodes disagree, the one that started last is right.
 */
final class StoredTriggers {

    private static final Logger log = LoggerFactory.getLogger(StoredTriggers.class);
    private static final String GROUP = "sync";

    private final Scheduler quartz;

    StoredTriggers(Scheduler quartz) {
        this.quartz = quartz;
    }

    /** Removes the triggers of all sources but these. */
    void keepOnly(Set<String> sources) throws SchedulerException {
        for (JobKey job : quartz.getJobKeys(GroupMatcher.jobGroupEquals(GROUP))) {
            if (!sources.contains(job.getName()) && quartz.deleteJob(job)) {
                log.atInfo()
                        .addKeyValue("source", job.getName())
                        .log("{}: is not read any more, and its trigger is removed for all nodes", job.getName());
            }
        }
    }

    /** Applies the time zone of a source, at which Camel does not look when it finds a trigger with the same schedule. */
    void applyZone(SourceSettings source) throws SchedulerException {
        TriggerKey key = TriggerKey.triggerKey(source.name(), GROUP);
        TimeZone zone = zone(source);
        if (quartz.getTrigger(key) instanceof CronTrigger stored
                && !stored.getTimeZone().equals(zone)) {
            quartz.rescheduleJob(
                    key,
                    stored.getTriggerBuilder()
                            .startNow() // or what was due since it first started would be made up for
                            .withSchedule(CronScheduleBuilder.cronSchedule(stored.getCronExpression())
                                    .withMisfireHandlingInstructionIgnoreMisfires()
                                    .inTimeZone(zone))
                            .build());
        }
    }

    /** Returns the time zone as Quartz knows it: offsets that have no name go by {@code GMT+05:45} there. */
    static TimeZone zone(SourceSettings source) {
        return TimeZone.getTimeZone(source.timeZone().normalized());
    }
}
