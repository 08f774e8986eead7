package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.quartz.CronScheduleBuilder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.TriggerBuilder;
import org.quartz.impl.JobExecutionContextImpl;
import org.quartz.spi.OperableTrigger;
import org.quartz.spi.TriggerFiredBundle;

class TicksTest {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:07Z");

    private final Ticks ticks = new Ticks(Set.of("prod"), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void a_tick_makes_a_pass_as_long_as_the_next_one_is_to_come() {
        assertThat(isLeftOut("prod", NOW.plusSeconds(1))).isFalse();
    }

    @Test
    void of_several_ticks_that_are_late_only_the_last_makes_a_pass() {
        assertThat(isLeftOut("prod", NOW.minusSeconds(1))).isTrue();
        assertThat(isLeftOut("prod", NOW)).isTrue();
    }

    @Test
    void a_tick_after_which_there_is_none_makes_a_pass() {
        assertThat(isLeftOut("prod", null)).isFalse();
    }

    @Test
    void a_tick_of_a_source_that_only_other_nodes_know_makes_no_pass_here() {
        assertThat(isLeftOut("elsewhere", NOW.plusSeconds(1))).isTrue();
    }

    private boolean isLeftOut(String source, Instant next) {
        JobDetail job =
                JobBuilder.newJob(Job.class).withIdentity(source, "sync").build();
        OperableTrigger trigger = (OperableTrigger) TriggerBuilder.newTrigger()
                .withIdentity(source, "sync")
                .withSchedule(CronScheduleBuilder.cronSchedule("* * * * * ?"))
                .build();
        TriggerFiredBundle tick = new TriggerFiredBundle(
                job,
                trigger,
                null,
                false,
                Date.from(NOW),
                Date.from(NOW.minusSeconds(2)),
                null,
                next == null ? null : Date.from(next));
        return ticks.vetoJobExecution(trigger, new JobExecutionContextImpl(null, tick, null));
    }
}
