package io.dcssync.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Passes over a list that changes between any two pages and any two passes, by a process that remembers what it stored and
 * by one that does not: the ledgers are the same after each page, and so is who is gone.
 */
class RememberingTest {

    private static final int PAGE_SIZE = 5;

    private final ReadPage readPage = new ReadPage(JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build());
    private final CheckEntry check = new CheckEntry();

    /** A process, and the ledger that it keeps: of each task the content. */
    private final class Sync {
        final boolean remembers;
        final Map<String, String> ledger = new HashMap<>();
        Holdings before = Holdings.NONE;
        Holdings kept = Holdings.NONE;
        PageWalk walk;

        Sync(boolean remembers) {
            this.remembers = remembers;
        }

        void begins(int overlap) {
            walk = new PageWalk(PAGE_SIZE, overlap);
            kept = new Holdings();
        }

        /** Takes a page; it is lost where the ledger does not take it. */
        void takes(String json, boolean stored) {
            ListedPage page = read(json);
            List<CheckedEntry> entries = page.checkedAs(page.toCheck().stream()
                    .flatMap(part -> check.checkAll(part).stream())
                    .toList());
            List<String> ids = new ArrayList<>();
            entries.forEach(entry -> ids.add(entry.id()));
            int offset = walk.offset();
            CheckedPage checked = CheckedPage.of(
                    entries, walk.accept(new Answer(ids, page.count())), RememberingTest::passesTheFilter);
            if (stored) {
                checked.tasks()
                        .forEach(task -> ledger.put(task.replaceAll(".*\"task_id\":\"([^\"]*)\".*", "$1"), task));
                kept.keep(offset, page, ids, checked.held());
            }
        }

        private ListedPage read(String json) {
            try {
                return readPage.read(
                                json.getBytes(StandardCharsets.UTF_8),
                                walk.offset(),
                                remembers ? before : Holdings.NONE)
                        .orElseThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void ends(long run, boolean whole) {
            kept.leftBy(new ClosedRun(Map.of(
                    "run_id",
                    run,
                    "outcome",
                    whole ? "complete" : "failed",
                    "finished_at",
                    Timestamp.from(Instant.EPOCH))));
            before = kept;
        }
    }

    private static boolean passesTheFilter(CheckedEntry.Task task) {
        return !task.id().endsWith("7");
    }

    @Property(tries = 1000)
    void a_process_that_remembers_stores_what_one_that_forgets_stores(@ForAll Random dice) {
        Sync remembering = new Sync(true);
        Sync forgetting = new Sync(false);
        List<String> list = new ArrayList<>();
        for (int i = 0; i < dice.nextInt(25); i++) {
            list.add(entry(i, dice));
        }
        Optional<Set<String>> seenBefore = Optional.empty();
        int overlap = dice.nextInt(PAGE_SIZE);
        for (long run = 1; run <= 6; run++) {
            remembering.begins(overlap);
            forgetting.begins(overlap);
            boolean fails = false;
            while (remembering.walk.goesOn() && !fails) {
                assertThat(remembering.walk.offset()).isEqualTo(forgetting.walk.offset());
                String page = page(list, remembering.walk.offset());
                fails = dice.nextInt(40) == 0;
                remembering.takes(page, !fails);
                forgetting.takes(page, !fails);

                assertThat(remembering.ledger).isEqualTo(forgetting.ledger);
                if (dice.nextInt(4) == 0) {
                    live(list, dice);
                }
            }
            Set<String> seen = remembering.walk.seenIds();
            boolean whole = !fails && isWhole(remembering.walk.verdict());
            Set<String> gone = new HashSet<>(seenBefore.orElse(Set.of()));
            gone.removeAll(seen);
            assertThat(remembering.before.lacking(seen, remembering.kept).map(Set::copyOf))
                    .isEqualTo(seenBefore.map(ids -> gone));

            remembering.ends(run, whole);
            forgetting.ends(run, whole);
            seenBefore = Optional.of(Set.copyOf(seen)).filter(ids -> whole);
            for (int i = dice.nextInt(3); i > 0; i--) {
                live(list, dice);
            }
        }
    }

    private static boolean isWhole(Verdict verdict) {
        return verdict instanceof Verdict.Complete || verdict instanceof Verdict.Repaired;
    }

    private static void live(List<String> list, Random dice) {
        int place = list.isEmpty() ? 0 : dice.nextInt(list.size());
        switch (dice.nextInt(6)) {
            case 0, 1 -> list.add(place, entry(dice.nextInt(40), dice));
            case 2 -> list.add(0, entry(dice.nextInt(40), dice));
            case 3 -> {
                if (!list.isEmpty()) {
                    list.remove(place);
                }
            }
            default -> {
                if (!list.isEmpty()) {
                    list.set(
                            place,
                            list.get(place).replaceAll("\"status\":\"\\d\"", "\"status\":\"" + dice.nextInt(3) + "\""));
                }
            }
        }
    }

    /** Few ids and contents, so that some stand twice and some come back as they were; now and then it is no task. */
    private static String entry(int id, Random dice) {
        return switch (dice.nextInt(15)) {
            case 0 -> "{\"status\":\"1\"}";
            case 1 -> "{\"task_id\":" + id + ",\"status\":\"1\"}";
            default -> "{\"task_id\":\"" + id + "\",\"status\":\"" + dice.nextInt(3) + "\"}";
        };
    }

    private static String page(List<String> list, int offset) {
        return list.stream()
                .skip(offset)
                .limit(PAGE_SIZE)
                .collect(Collectors.joining(",", "{\"count\":" + list.size() + ",\"migration_tasks\":[", "]}"));
    }
}
