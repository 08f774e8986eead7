package io.dcssync.cli;

import io.dcssync.config.ChannelSettings;
import io.dcssync.config.Settings;
import io.dcssync.config.SourceSettings;
import io.dcssync.ledger.LedgerOutage;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

/** Makes the routes that a job runs by itself, a trigger for each source and a publisher for each channel. */
final class Schedules {

    private final CamelContext camel;
    private final LedgerOutage outage;

    Schedules(CamelContext camel, LedgerOutage outage) {
        this.camel = camel;
        this.outage = outage;
    }

    void start(Settings settings) {
        settings.channels().forEach(this::publish);
        List<SourceSettings> sources =
                settings.sources().stream().filter(SourceSettings::enabled).toList();
        try {
            schedule(sources, quartz());
        } catch (SchedulerException e) {
            throw new CommandException(
                    ExitCode.NO_DATABASE, "Quartz cannot use its triggers, nothing is read: " + e.getMessage(), e);
        }
    }

    /** Begins no pass any more, and leaves to other nodes what is due next; may be done twice. */
    void stop() {
        Scheduler quartz = quartz();
        if (quartz == null) { // Camel has stopped already, and Quartz with it
            return;
        }
        try {
            quartz.standby();
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz cannot be halted", e);
        }
    }

    /** Null while Camel does not run. */
    private Scheduler quartz() {
        return camel.getComponent("quartz", QuartzComponent.class).getScheduler();
    }

    private void schedule(List<SourceSettings> sources, Scheduler quartz) throws SchedulerException {
        Set<String> names = sources.stream().map(SourceSettings::name).collect(Collectors.toUnmodifiableSet());
        StoredTriggers stored = new StoredTriggers(quartz);
        stored.keepOnly(names);
        for (SourceSettings source : sources) {
            trigger(source);
            stored.applyZone(source);
        }
        quartz.getListenerManager().addTriggerListener(new Ticks(names, Clock.systemUTC()));
        quartz.getListenerManager().addSchedulerListener(new QuartzErrors(outage));
        // once all triggers are there: one that fired while its route was being made would not find it
        quartz.start();
    }

    private void publish(ChannelSettings channel) {
        Map<String, Object> parameters = Map.of("channel", channel.name());
        make("publish-channel", channel.name(), parameters);
        make("wake-channel", channel.name(), parameters);
    }

    private void trigger(SourceSettings source) {
        Map<String, Object> parameters = Map.of(
                "source", source.name(),
                "schedule", source.schedule(),
                "timeZone", StoredTriggers.zone(source).getID());
        make("trigger-sync", source.name(), parameters);
    }

    private void make(String template, String name, Map<String, Object> parameters) {
        try {
            camel.addRouteFromTemplate(template + "-" + name, template, parameters);
        } catch (Exception e) {
            throw new IllegalStateException("route " + template + " for " + name + " did not start", e);
        }
    }
}
