package io.dcssync.source;

import io.dcssync.config.SourceSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The passes that are under way in this process. Thread-safe. */
public final class Passes {

    private final Map<String, SourceSettings> sources;
    private final Duration maxDuration;
    private final Accesses accesses;
    private final Set<Pass> underWay = ConcurrentHashMap.newKeySet();
    private final Map<String, Holdings> holdings = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /** @param accesses how the sources are reached */
    public Passes(Collection<SourceSettings> sources, Duration maxDuration, Accesses accesses) {
        this.sources = sources.stream().collect(Collectors.toMap(SourceSettings::name, Function.identity()));
        this.maxDuration = maxDuration;
        this.accesses = accesses;
    }

    /**
     * Begins a pass; {@link #end(Pass)} must follow.
     *
     * @param trigger what starts it, as it stands in the ledger
     * @param acceptMissing whether this pass may go through the brake
     */
    public Pass begin(String source, String trigger, boolean acceptMissing) {
        Pass pass = new Pass(
                sources.get(source),
                accesses.bySource().get(source),
                trigger,
                acceptMissing,
                maxDuration,
                holdings.getOrDefault(source, Holdings.NONE));
        underWay.add(pass);
        if (stopping) {
            pass.stop();
        }
        return pass;
    }

    /** Forgets a pass, but for what the ledger is known to hold since. */
    public void end(Pass pass) {
        underWay.remove(pass);
        holdings.put(pass.source().name(), pass.left());
    }

    /** What the ledger has to know to extend our leases; a pass that has taken too long is left out. */
    public Map<String, Object> live() {
        String runs = underWay.stream()
                .filter(pass -> pass.isOpened() && !pass.isLost() && !pass.isOverdue())
                .map(pass -> pass.run().toString())
                .collect(Collectors.joining(",", "[", "]"));
        return Map.of("runs", runs);
    }

    /** How far each pass is, by source. */
    public List<Progress> progress() {
        return underWay.stream()
                .flatMap(pass -> pass.progress().stream())
                .sorted(Comparator.comparing(Progress::source))
                .toList();
    }

    /** Ends all passes without a verdict, and cuts short the requests that they wait for. */
    public void stopAll() {
        stopping = true;
        underWay.forEach(Pass::stop);
        accesses.stop();
    }
}
