package io.dcssync.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;

/**
 * Tells on the console what the ledger shows of passes that have ended, and what arrives at the webhook. Used by one
 * thread at a time, the route narrate-passes.
 */
public final class Narrator {

    private static final Duration QUIET = Duration.ofSeconds(30);

    private final Receiver receiver;
    private final PrintWriter out;
    private final Lines lines;
    private final Map<String, Told> told = new HashMap<>();
    private List<String> arrived = List.of();

    /** What was told of a source: up to which run, when, and how many passes since then found everything as it was. */
    private record Told(long run, Instant at, int quiet) {}

    /** Tells times as they are in the zone. */
    public Narrator(Receiver receiver, PrintWriter out, Paint paint, ZoneId zone) {
        this.receiver = receiver;
        this.out = out;
        this.lines = new Lines(paint, zone);
    }

    /**
     * Returns the parameters of the statement list-ended-passes. Alerts are taken from the webhook before: the passes
     * that they come from have ended by then, and so are told of before them.
     */
    public Map<String, Object> toAsk() {
        arrived = receiver.takeAll();
        ObjectNode runs = JsonNodeFactory.instance.objectNode();
        told.forEach((source, last) -> runs.put(source, last.run()));
        return Map.of("told", runs.toString());
    }

    /** Tells of the passes, and then of the alerts that had arrived before they were asked for. */
    public void tell(@Body List<Map<String, Object>> passes) {
        passes.stream().map(EndedPass::of).forEach(this::tell);
        arrived.stream().map(Arrival::of).map(lines::of).forEach(out::println);
        arrived = List.of();
        out.flush();
    }

    private void tell(EndedPass pass) {
        Told last = told.getOrDefault(pass.source(), new Told(0, Instant.MIN, 0));
        if (pass.isQuiet() && pass.finishedAt().isBefore(last.at().plus(QUIET))) {
            told.put(pass.source(), new Told(pass.run(), last.at(), last.quiet() + 1));
            return;
        }
        lines.of(pass, last.quiet()).forEach(out::println);
        told.put(pass.source(), new Told(pass.run(), pass.finishedAt(), 0));
    }
}
