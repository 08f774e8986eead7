package io.dcssync.alert;

import io.dcssync.config.ChannelSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rounds that are under way in this process. Thread-safe. */
public final class Rounds {

    private final Map<String, Channel> channels;
    private final Set<Round> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    public Rounds(List<ChannelSettings> channels) {
        this.channels =
                channels.stream().map(Channel::new).collect(Collectors.toMap(Channel::name, Function.identity()));
    }

    /** Begins a round over a channel; {@link #end(Round)} must follow. */
    public Round begin(String channel) {
        Round round = new Round(channels.get(channel));
        underWay.add(round);
        if (stopping) {
            round.stop();
        }
        return round;
    }

    /** Forgets a round. */
    public void end(Round round) {
        underWay.remove(round);
    }

    /** The endpoints that wake the publishers, comma-separated; a wake that finds one waiting is dropped. */
    public String publishers() {
        return channels.keySet().stream()
                .map(channel -> "seda:publish-" + channel + "?size=1&discardWhenFull=true")
                .collect(Collectors.joining(","));
    }

    /** Ends all rounds at their next step. */
    public void stopAll() {
        stopping = true;
        underWay.forEach(Round::stop);
    }
}
