package io.dcssync.crash;

import io.dcssync.program.Ended;
import io.dcssync.program.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** What happened to the program in one test: drawn from a seed, kept, and told in {@code target/crash-report.txt}. */
final class Story {

    private static final Path REPORT = Path.of("target/crash-report.txt");
    private static final int KILLED = 137;
    private static final int TERMINATED = 143;

    private final String title;
    private final int kills;
    private final long seed;
    private final long began = System.nanoTime();
    private final Map<Point, Integer> hits = new EnumMap<>(Point.class);
    private final Map<Point, Integer> misses = new EnumMap<>(Point.class);
    private final List<String> endedBySurprise = new ArrayList<>();

    Story(String title, int kills, long seed) {
        this.title = title;
        this.kills = kills;
        this.seed = seed;
        System.out.println(title + ": " + howToRepeat());
    }

    /** Draws where to kill: each point about as often as any other, those of the migration first. */
    List<Point> points(Point... of) {
        List<Point> drawn = new ArrayList<>();
        Random random = new Random(seed);
        while (drawn.size() < kills) {
            List<Point> deck = Arrays.asList(of.clone());
            Collections.shuffle(deck, random);
            drawn.addAll(deck);
        }
        return drawn.subList(0, kills).stream()
                .sorted((a, b) -> Boolean.compare(b == Point.MIGRATING, a == Point.MIGRATING))
                .toList();
    }

    /** Takes note of a kill, and of a program that had already ended by itself. */
    void killed(Point point, boolean hit, Running program) {
        (hit ? hits : misses).merge(point, 1, Integer::sum);
        Ended ended = program.ended();
        if (ended.exitCode() != KILLED && !(point == Point.STOPPING && ended.exitCode() == TERMINATED)) {
            endedBySurprise.add(point + ": " + ended);
        }
    }

    /** Runs that ended by themselves, before they were killed. */
    List<String> endedBySurprise() {
        return endedBySurprise;
    }

    String howToRepeat() {
        return "the same points again: -Dit.test=CrashIT -Dcrash.kills=N -Dcrash.seed=" + seed;
    }

    /** Adds a paragraph to the report. */
    void tell(World.Outcome outcome) {
        String text = String.format(
                Locale.ROOT,
                """
                %s
                seed                  %d
                kills                 %d in %d s, %d processors
                %spoint not reached     %s
                restarts              %d
                %s
                """,
                title,
                seed,
                kills,
                Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                Runtime.getRuntime().availableProcessors(),
                hits.entrySet().stream()
                        .map(hit -> String.format(Locale.ROOT, "  %-19s %d%n", hit.getKey(), hit.getValue()))
                        .collect(Collectors.joining()),
                misses.isEmpty() ? "never" : misses.toString(),
                kills,
                outcome);
        System.out.println(text);
        try {
            Files.writeString(REPORT, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
