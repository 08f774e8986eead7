package io.dcssync.metrics;

import io.dcssync.config.SourceSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;

/**
 * What this process has done since it started: its passes, the transitions that they found, the alerts that it delivered.
 * Takes the ledger's answers, so that nothing is counted that was not committed. Thread-safe.
 */
public final class WorkMeters {

    private static final List<String> OUTCOMES = List.of("complete", "repaired", "suspect", "failed", "abandoned");
    private static final Duration[] PASS_BOUNDS = seconds(0.1, 0.5, 1, 2, 5, 10, 30, 60, 300, 1800);
    private static final Duration[] DELIVERY_BOUNDS = seconds(0.1, 0.5, 1, 5, 30, 60, 300, 3600, 86400);

    private final MeterRegistry registry;

    /** Makes the counters of the sources, so that a first failure is an increase like each that follows. */
    public WorkMeters(MeterRegistry registry, List<SourceSettings> sources) {
        this.registry = registry;
        for (SourceSettings source : sources) {
            OUTCOMES.forEach(outcome -> passes(source.name(), outcome));
            durations(source.name());
            transitions(source.name());
        }
    }

    /** Counts a pass by the row of its run; null: it was taken over, and counts where that was done. */
    public void passClosed(@Body Map<String, Object> run) {
        if (run != null) {
            String source = (String) run.get("source");
            passes(source, (String) run.get("outcome")).increment();
            durations(source).record(between(run.get("started_at"), run.get("finished_at")));
            transitions(source).increment(((Number) run.get("transitions")).doubleValue());
        }
    }

    /** Counts deliveries by what the ledger recorded of them. */
    public void alertsDelivered(@Body List<Map<String, Object>> recorded) {
        for (Map<String, Object> delivery : recorded) {
            Timer.builder("dcs.sync.alert.delivery")
                    .description("From the commit of an alert to the record of its delivery")
                    .tag("channel", (String) delivery.get("channel"))
                    .serviceLevelObjectives(DELIVERY_BOUNDS)
                    .register(registry)
                    .record(between(delivery.get("created_at"), delivery.get("delivered_at")));
        }
    }

    private Counter passes(String source, String outcome) {
        return Counter.builder("dcs.sync.passes")
                .description("Passes that ended, by how")
                .tag("source", source)
                .tag("outcome", outcome)
                .register(registry);
    }

    private Counter transitions(String source) {
        return Counter.builder("dcs.sync.transitions")
                .description("Changes of status that were found, first sightings included")
                .tag("source", source)
                .register(registry);
    }

    private Timer durations(String source) {
        return Timer.builder("dcs.sync.pass.duration")
                .description("From the opening of a pass to its end, by the clock of the database")
                .tag("source", source)
                .serviceLevelObjectives(PASS_BOUNDS)
                .register(registry);
    }

    private static Duration between(Object from, Object to) {
        return Duration.between(((Timestamp) from).toInstant(), ((Timestamp) to).toInstant());
    }

    private static Duration[] seconds(double... seconds) {
        Duration[] bounds = new Duration[seconds.length];
        for (int i = 0; i < seconds.length; i++) {
            bounds[i] = Duration.ofMillis(Math.round(seconds[i] * 1000));
        }
        return bounds;
    }
}
