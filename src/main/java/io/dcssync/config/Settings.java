package io.dcssync.config;

import java.util.List;
import java.util.Optional;

/**
 * All that the configuration says, read once at the start and checked as a whole. Immutable.
 *
 * @param searches sources whose projects are not known yet
 * @param traces empty: nothing is traced
 */
public record Settings(
        List<SourceSettings> sources,
        List<ProjectSearch> searches,
        DatabaseSettings database,
        List<ChannelSettings> channels,
        SyncSettings sync,
        RetentionSettings retention,
        ScheduleStore scheduleStore,
        HttpSettings http,
        Optional<TraceSettings> traces) {

    public Settings {
        sources = List.copyOf(sources);
        searches = List.copyOf(searches);
        channels = List.copyOf(channels);
    }

    /** Returns the same settings with these sources, all of which have their projects. */
    public Settings withSources(List<SourceSettings> found) {
        return new Settings(found, List.of(), database, channels, sync, retention, scheduleStore, http, traces);
    }
}
