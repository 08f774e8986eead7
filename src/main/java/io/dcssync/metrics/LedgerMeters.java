package io.dcssync.metrics;

import io.dcssync.config.ChannelSettings;
import io.dcssync.config.Settings;
import io.dcssync.config.SourceSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the ledger stands, whichever process has made it so. It is asked when somebody wants to know, and an answer holds for
 * a while. When it does not answer, the last answer stays, ages go on, and {@code dcs_sync_ledger_up} is 0. Thread-safe.
 */
public final class LedgerMeters {

    private static final Logger log = LoggerFactory.getLogger(LedgerMeters.class);

    private static final List<String> CLASSES = List.of("active", "succeeded", "failed", "ended", "unknown");
    private static final List<String> STATES = List.of("pending", "delivered", "dead", "suppressed");

    /** What is measured of whom, and of which kind. */
    private record Key(String meter, String name, String kind) {}

    /** @param at when it was asked, by {@link System#nanoTime()} */
    private record Answer(Map<Key, Double> values, long at, boolean up) {

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - at);
        }
    }

    private final Supplier<List<Map<String, Object>>> ask;
    private final Duration holds;
    private Answer last = new Answer(Map.of(), 0, false);
    private long askedAt;
    private boolean asked;

    /**
     * @param ask gives the rows of the statement measure-ledger
     * @param holds how old an answer may be
     */
    public LedgerMeters(Supplier<List<Map<String, Object>>> ask, Duration holds) {
        this.ask = ask;
        this.holds = holds;
    }

    /** Makes the gauges of all sources that are read and of all channels. */
    public void register(MeterRegistry registry, Settings settings) {
        settings.sources().stream()
                .filter(SourceSettings::enabled)
                .map(SourceSettings::name)
                .forEach(source -> {
                    for (String kind : CLASSES) {
                        Gauge.builder("dcs.sync.tasks", () -> value("tasks", source, kind))
                                .description("Listed tasks, by what their status means")
                                .tags("source", source, "status_class", kind)
                                .register(registry);
                    }
                    TimeGauge.builder("dcs.sync.last.complete.pass.age", () -> age(source), TimeUnit.SECONDS)
                            .description(
                                    "Since the last pass that was shown to be whole; not a number: there was none yet")
                            .tags(Tags.of("source", source))
                            .register(registry);
                    Gauge.builder("dcs.sync.failed.passes.in.a.row", () -> value("failures", source, ""))
                            .description("Passes since the last whole one that failed, were suspect or died")
                            .tags("source", source)
                            .register(registry);
                });
        settings.channels().stream().map(ChannelSettings::name).forEach(channel -> {
            for (String state : STATES) {
                Gauge.builder("dcs.sync.alerts", () -> value("alerts", channel, state))
                        .description("Alerts in the outbox, by state")
                        .tags("channel", channel, "state", state)
                        .register(registry);
            }
        });
        Gauge.builder("dcs.sync.ledger.up", () -> answer().up() ? 1 : 0)
                .description("Whether the ledger answered when it was asked last")
                .register(registry);
    }

    private double value(String meter, String name, String kind) {
        Answer answer = answer();
        return answer.values().isEmpty() && !answer.up()
                ? Double.NaN
                : answer.values().getOrDefault(new Key(meter, name, kind), 0.0);
    }

    private double age(String source) {
        Answer answer = answer();
        Double then = answer.values().get(new Key("age", source, ""));
        return then == null ? Double.NaN : then + answer.age().toMillis() / 1000.0;
    }

    private synchronized Answer answer() {
        if (!asked || System.nanoTime() - askedAt > holds.toNanos()) {
            asked = true;
            try {
                last = new Answer(values(ask.get()), System.nanoTime(), true);
            } catch (RuntimeException e) {
                log.debug("the ledger could not be measured", e);
                last = new Answer(last.values(), last.at(), false);
            }
            askedAt = System.nanoTime();
        }
        return last;
    }

    private static Map<Key, Double> values(List<Map<String, Object>> rows) {
        return rows.stream()
                .collect(Collectors.toMap(
                        row -> new Key((String) row.get("meter"), (String) row.get("name"), (String) row.get("kind")),
                        row -> ((Number) row.get("value")).doubleValue()));
    }
}
