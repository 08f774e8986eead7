package io.dcssync.config;

import java.util.List;

/** All that the configuration says, read once at the start and checked as a whole. Immutable. */
public record Settings(
        List<SourceSettings> sources,
        DatabaseSettings database,
        List<ChannelSettings> channels,
        SyncSettings sync,
        HttpSettings http) {

    public Settings {
        sources = List.copyOf(sources);
        channels = List.copyOf(channels);
    }
}
