package io.dcssync.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** Tasks come behind the walk and go before it, so that what was received falls short of every count. */
class WalkOverABusyListTest {

    /** How many tasks come at the start of the list before a request, and from which places, in percent, one goes. */
    record Turn(int created, List<Integer> deleted) {
        void applyTo(MovingList list) {
            list.insert(0, created);
            deleted.forEach(place -> list.delete(Math.max(0, list.size() - 1) * place / 100, 1));
        }
    }

    /** A list that moves before every request, the last one too; its turns begin anew when all were taken. */
    record Scene(int size, Set<Integer> rejected, int pageSize, int overlap, int cap, List<Turn> turns) {
        MovingList list() {
            return MovingList.of(size).rejecting(rejected).cappedAt(cap);
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void a_list_that_grows_at_its_start_and_shrinks_anywhere_is_whole(@ForAll("scenes") Scene scene) {
        MovingList list = scene.list();
        PageWalk walk = new PageWalk(scene.pageSize(), scene.overlap());

        boolean lookedBack = false;
        for (int request = 0; walk.goesOn(); request++) {
            lookedBack |= request > 0 && walk.offset() == 0;
            scene.turns().get(request % scene.turns().size()).applyTo(list);
            walk.accept(list.answer(walk));
        }

        assertThat(walk.verdict()).isInstanceOfAny(Verdict.Complete.class, Verdict.Repaired.class);
        assertThat(walk.seenIds()).containsAll(list.listedThroughout());
        Statistics.collect(lookedBack);
        Statistics.coverage(looks -> looks.check(true).percentage(share -> share > 10));
    }

    /** No more tasks go before a request than the overlap has rows, and far fewer come than a page has. */
    @Provide
    Arbitrary<Scene> scenes() {
        Arbitrary<Turn> turns = Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 100).list().ofMaxSize(2))
                .as(Turn::new);
        return Arbitraries.integers().between(14, 40).flatMap(pageSize -> Combinators.combine(
                        Arbitraries.integers().between(50, 250),
                        Arbitraries.integers().between(0, 49).set().ofMaxSize(2),
                        Arbitraries.integers().between(4, 5),
                        Arbitraries.integers().between(14, pageSize),
                        turns.list().ofMinSize(1).ofMaxSize(20))
                .as((size, rejected, overlap, cap, turn) -> new Scene(size, rejected, pageSize, overlap, cap, turn)));
    }

    @Property
    void a_task_that_jumps_to_the_start_before_the_walk_has_met_it_is_read_there(
            @ForAll @IntRange(min = 2, max = 12) int pageSize,
            @ForAll @IntRange(min = 1, max = 11) int overlap,
            @ForAll @IntRange(min = 1, max = 60) int behind) {
        MovingList list = MovingList.of(pageSize + behind);
        PageWalk walk = new PageWalk(pageSize, Math.min(overlap, pageSize - 1));
        walk.accept(list.answer(walk));

        list.move(list.size() - 1, 0);
        walkOn(walk, list);

        assertThat(walk.seenIds()).containsExactlyInAnyOrderElementsOf(list.ids());
        assertThat(walk.verdict()).isEqualTo(new Verdict.Complete());
    }

    /** As a list sorted by its last update does. All that moved or came during a pass fits into a page. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void new_tasks_do_not_make_up_for_tasks_that_jump_past_the_walk(
            @ForAll @IntRange(min = 60, max = 100) int pageSize,
            @ForAll @IntRange(min = 1, max = 4) int overlap,
            @ForAll @Size(min = 1, max = 10) List<@Size(max = 6) List<@IntRange(min = -99, max = 100) Integer>> turns) {
        MovingList list = MovingList.of(250);
        PageWalk walk = new PageWalk(pageSize, overlap);

        for (int request = 0; walk.goesOn(); request++) {
            walk.accept(list.answer(walk));
            turns.get(request % turns.size()).forEach(place -> createOrMove(list, place));
        }

        if (!(walk.verdict() instanceof Verdict.Suspect)) {
            assertThat(walk.seenIds()).containsAll(list.listedThroughout());
        }
    }

    /** A place in percent is that of a task which jumps to the start; a negative one makes a new task there. */
    private static void createOrMove(MovingList list, int place) {
        if (place < 0) {
            list.insert(0, 1);
        } else {
            list.move((list.size() - 1) * place / 100, 0);
        }
    }

    @Example
    void a_rejected_entry_at_the_end_of_a_list_that_keeps_growing_does_not_keep_the_walk() {
        MovingList list = MovingList.of(20).rejecting(Set.of(19));
        PageWalk walk = new PageWalk(10, 3);

        int requests = 0;
        for (; walk.goesOn(); requests++) {
            walk.accept(list.answer(walk));
            list.insert(0, 1);
        }

        assertThat(requests).isLessThan(8);
        assertThat(walk.verdict()).isEqualTo(new Verdict.Complete());
    }

    @Example
    void tasks_that_come_in_the_middle_behind_the_walk_leave_the_pass_suspect() {
        MovingList list = MovingList.of(40);
        PageWalk walk = new PageWalk(10, 3);
        while (walk.offset() < 21) {
            walk.accept(list.answer(walk));
        }

        list.insert(15, 2);
        list.delete(38, 2);
        walkOn(walk, list);

        assertThat(suspicion(walk)).contains("counts 40", "38 were received");
    }

    @Example
    void more_new_tasks_than_a_page_has_rows_are_read_page_by_page() {
        MovingList list = MovingList.of(40);
        PageWalk walk = new PageWalk(10, 3);
        readBusily(walk, list);

        walkOn(walk, list);

        assertThat(walk.seenIds()).containsAll(list.ids());
        assertThat(walk.verdict()).isEqualTo(new Verdict.Complete());
    }

    @Property
    void new_tasks_that_were_passed_over_as_others_went_are_looked_for_again(
            @ForAll @IntRange(min = 40, max = 200) int size) {
        MovingList list = MovingList.of(size);
        PageWalk walk = new PageWalk(10, 3);
        readBusily(walk, list);
        List<String> before = list.ids();

        walk.accept(list.answer(walk));
        list.delete(0, 9);
        list.insert(list.size(), 9);
        walkOn(walk, list);

        assertThat(walk.seenIds()).containsAll(before);
        assertThat(walk.verdict()).isEqualTo(new Verdict.Complete());
    }

    @Example
    void a_list_that_is_emptied_before_the_look_at_its_start_is_whole() {
        MovingList list = MovingList.of(40);
        PageWalk walk = new PageWalk(10, 3);
        readBusily(walk, list);

        list.delete(0, 40);
        walkOn(walk, list);

        assertThat(walk.verdict()).isEqualTo(new Verdict.Complete());
    }

    @Example
    void tasks_seen_to_change_places_in_the_look_make_the_pass_suspect() {
        MovingList list = MovingList.of(20);
        PageWalk walk = new PageWalk(10, 3);
        walk.accept(list.answer(walk));

        list.insert(0, 1);
        list.delete(20, 1);
        list.swap(2, 3);
        walkOn(walk, list);

        assertThat(walk.seenIds()).containsAll(list.ids());
        assertThat(suspicion(walk)).startsWith("tasks changed places").doesNotContain("counts");
    }

    @Property
    void a_count_far_too_large_costs_one_request_and_leaves_the_pass_suspect(
            @ForAll @IntRange(min = 1, max = 60) int size,
            @ForAll @IntRange(min = 2, max = 12) int pageSize,
            @ForAll @IntRange(min = 1, max = 11) int overlap) {
        PageWalk right = new PageWalk(pageSize, Math.min(overlap, pageSize - 1));
        PageWalk wrong = new PageWalk(pageSize, Math.min(overlap, pageSize - 1));

        int requests = requests(right, MovingList.of(size), Optional.of((long) size));

        assertThat(requests(wrong, MovingList.of(size), Optional.of(1_000_000L)))
                .isEqualTo(requests + 1);
        assertThat(suspicion(wrong)).contains("counts 1000000", size + " were received");
    }

    @Property
    void without_overlap_a_count_too_large_costs_no_request(
            @ForAll @IntRange(min = 1, max = 60) int size, @ForAll @IntRange(min = 1, max = 12) int pageSize) {
        PageWalk right = new PageWalk(pageSize, 0);
        PageWalk wrong = new PageWalk(pageSize, 0);

        int requests = requests(right, MovingList.of(size), Optional.of((long) size));

        assertThat(requests(wrong, MovingList.of(size), Optional.of(1_000_000L)))
                .isEqualTo(requests);
        assertThat(suspicion(wrong)).contains("counts 1000000");
    }

    @Example
    void a_count_far_too_large_does_not_keep_the_walk_on_a_list_that_grows() {
        MovingList list = MovingList.of(40);
        PageWalk walk = new PageWalk(10, 3);

        int requests = 0;
        for (; walk.goesOn(); requests++) {
            walk.accept(list.answer(walk.offset(), walk.limit(), Optional.of(1_000_000L)));
            list.insert(0, 1);
        }

        assertThat(requests).isLessThan(20);
        assertThat(walk.seenIds()).contains("t0", "t39", "t44");
        assertThat(suspicion(walk)).contains("counts 1000000");
    }

    @Example
    void the_bound_of_pages_ends_the_look_too() {
        PageWalk walk = new PageWalk(10, 1, new PageWalk.Bounds(2, 3));

        assertThat(requests(walk, MovingList.of(5), Optional.of(7L))).isEqualTo(2);
        assertThat(suspicion(walk)).contains("counts 7", "5 were received");
    }

    /** Up to the look: four tasks come and four unseen ones go before every request. */
    @Example
    void three_thousand_tasks_at_a_hundred_a_page_lose_none_in_thirty_passes_and_none_is_missing_that_is_listed() {
        MovingList list = MovingList.of(3000);
        Random random = new Random(7);
        Set<String> known = new HashSet<>();
        for (int pass = 0; pass < 30; pass++) {
            Set<String> stayed = new HashSet<>(list.ids());
            PageWalk walk = new PageWalk(100, 10);
            while (walk.goesOn()) {
                walk.accept(list.answer(walk));
                list.insert(0, random.nextInt(3));
                list.delete(random.nextInt(list.size()), random.nextInt(3));
                stayed.retainAll(new HashSet<>(list.ids()));
            }
            assertThat(walk.verdict()).isInstanceOfAny(Verdict.Complete.class, Verdict.Repaired.class);
            assertThat(walk.seenIds().containsAll(stayed)).isTrue();
            known.addAll(walk.seenIds());
            Set<String> missing = new HashSet<>(known);
            missing.removeAll(walk.seenIds());
            missing.retainAll(stayed);
            assertThat(missing).isEmpty();
        }
    }

    private static void readBusily(PageWalk walk, MovingList list) {
        walk.accept(list.answer(walk));
        while (walk.offset() > 0) {
            list.insert(0, 4);
            list.delete(list.size() - 4, 4);
            walk.accept(list.answer(walk));
        }
    }

    private static int requests(PageWalk walk, MovingList list, Optional<Long> count) {
        int requests = 0;
        for (; walk.goesOn(); requests++) {
            walk.accept(list.answer(walk.offset(), walk.limit(), count));
        }
        return requests;
    }

    private static void walkOn(PageWalk walk, MovingList list) {
        while (walk.goesOn()) {
            walk.accept(list.answer(walk));
        }
    }

    private static String suspicion(PageWalk walk) {
        assertThat(walk.verdict()).isInstanceOf(Verdict.Suspect.class);
        return ((Verdict.Suspect) walk.verdict()).reason();
    }
}
