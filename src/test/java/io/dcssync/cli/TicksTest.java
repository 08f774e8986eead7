package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.quartz.CronScheduleBuilder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobDetail;
import org.quartz.TriggerBuilder;
import org.quartz.impl.JobExecutionContextImpl;
import org.quartz.spi.OperableTrigger;
import org.quartz.spi.TriggerFiredBundle;

class TicksTest {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:07Z");

    private final JobDataMap kept = new JobDataMap(Map.of("a", "b")); // an empty one is replaced
    private final Ticks ticks = new Ticks(Set.of("prod"), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void of_several_ticks_that_were_missed_the_first_makes_a_pass_and_the_others_none() {
        assertThat(isLeftOut("prod", NOW.minusSeconds(120))).isFalse();
        assertThat(isLeftOut("prod", NOW.minusSeconds(60))).isTrue();
        assertThat(isLeftOut("prod", NOW.minusMillis(1))).isTrue();
        assertThat(isLeftOut("prod", NOW)).isFalse();
    }

    @Test
    void a_pass_that_a_wrong_clock_let_begin_in_the_future_stands_for_none() {
        kept.put("begun", NOW.plusSeconds(3600).toString());

        assertThat(isLeftOut("prod", NOW)).isFalse();
        assertThat(isLeftOut("prod", NOW.minusSeconds(1))).isTrue();
    }

    @Test
    void a_tick_of_a_source_that_only_other_nodes_know_makes_no_pass_here() {
        assertThat(isLeftOut("elsewhere", NOW)).isTrue();
    }

    private boolean isLeftOut(String source, Instant due) {
        JobDetail job = JobBuilder.newJob(Job.class)
                .withIdentity(source, "sync")
                .setJobData(kept)
                .build();
        OperableTrigger trigger = (OperableTrigger) TriggerBuilder.newTrigger()
                .withIdentity(source, "sync")
                .withSchedule(CronScheduleBuilder.cronSchedule("* * * * * ?"))
                .build();
        TriggerFiredBundle tick =
                new TriggerFiredBundle(job, trigger, null, false, Date.from(NOW), Date.from(due), null, null);
        return ticks.vetoJobExecution(trigger, new JobExecutionContextImpl(null, tick, null));
    }
}
