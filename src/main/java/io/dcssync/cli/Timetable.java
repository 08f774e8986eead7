package io.dcssync.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dcssync.config.SourceSettings;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import org.quartz.CronExpression;

/** When the next pass over each source is due, by the schedules of this configuration. Thread-safe. */
final class Timetable {

    private final List<SourceSettings> sources;
    private final Clock clock;

    Timetable(List<SourceSettings> sources, Clock clock) {
        this.sources = sources.stream().filter(SourceSettings::enabled).toList();
        this.clock = clock;
    }

    /** Returns an array with {@code source}, {@code project_id} and {@code next_at}, which is null where none will come. */
    String json() {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (SourceSettings source : sources) {
            Date next = next(source);
            rows.addObject()
                    .put("source", source.name())
                    .put("project_id", source.projectId())
                    .put("next_at", next == null ? null : next.toInstant().toString());
        }
        return rows.toString();
    }

    private Date next(SourceSettings source) {
        try {
            CronExpression schedule = new CronExpression(source.schedule());
            schedule.setTimeZone(StoredTriggers.zone(source));
            return schedule.getNextValidTimeAfter(Date.from(clock.instant()));
        } catch (ParseException e) {
            throw new IllegalStateException("bug: a schedule that was checked is none", e);
        }
    }
}
