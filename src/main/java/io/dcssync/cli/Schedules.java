package io.dcssync.cli;

import io.dcssync.config.ChannelSettings;
import io.dcssync.config.Settings;
import io.dcssync.config.SourceSettings;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.SchedulerException;

/** Makes the routes that a job runs by itself, a trigger for each source and a publisher for each channel. */
final class Schedules {

    private final CamelContext camel;

    Schedules(CamelContext camel) {
        this.camel = camel;
    }

    void start(Settings settings) {
        settings.channels().forEach(this::publish);
        settings.sources().stream().filter(SourceSettings::enabled).forEach(this::trigger);
        startTriggers();
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
                "timeZone", source.timeZone().getId());
        make("trigger-sync", source.name(), parameters);
    }

    private void make(String template, String name, Map<String, Object> parameters) {
        try {
            camel.addRouteFromTemplate(template + "-" + name, template, parameters);
        } catch (Exception e) {
            throw new IllegalStateException("route " + template + " for " + name + " did not start", e);
        }
    }

    /** Once all triggers are there: one that fired while its route was being made would not find it. */
    private void startTriggers() {
        try {
            camel.getComponent("quartz", QuartzComponent.class).getScheduler().start();
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz did not start", e);
        }
    }
}
