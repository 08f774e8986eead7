package io.dcssync.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** Tasks come and go between two requests: what the walk may promise then. */
class WalkOverAMovingListTest {

    /** Tasks that come (or go) at a place, 0 the start and 100 the end of the list. */
    record Change(boolean insert, int place, int many) {
        void applyTo(MovingList list) {
            int position = list.size() * place / 100;
            if (insert) {
                list.insert(position, many);
            } else {
                list.delete(Math.max(0, Math.min(position, list.size() - many)), many);
            }
        }
    }

    enum Count {
        RIGHT,
        ABSENT,
        SIZE_OF_PAGE,
        WRONG
    }

    /** A list, its endpoint, and what happens between the requests; after that the list stands still. */
    record Scene(
            int size,
            Set<Integer> rejected,
            int pageSize,
            int overlap,
            int cap,
            Count count,
            List<List<Change>> changes) {
        MovingList list() {
            return MovingList.of(size).rejecting(rejected).cappedAt(cap);
        }

        Answer answer(MovingList list, PageWalk walk, int request) {
            Answer answer = list.answer(walk);
            return switch (count) {
                case RIGHT -> answer;
                case ABSENT -> new Answer(answer.ids(), Optional.empty());
                case SIZE_OF_PAGE ->
                    new Answer(answer.ids(), Optional.of((long) answer.ids().size()));
                case WRONG -> new Answer(answer.ids(), Optional.of((request * 7L) % 13));
            };
        }

        void walk(PageWalk walk, MovingList list) {
            for (int request = 0; walk.goesOn(); request++) {
                if (request > 0 && request <= changes.size()) {
                    changes.get(request - 1).forEach(change -> change.applyTo(list));
                }
                walk.accept(answer(list, walk, request));
            }
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void no_task_listed_throughout_is_unseen_in_a_whole_pass(@ForAll("scenes") Scene scene) {
        MovingList list = scene.list();
        PageWalk walk = new PageWalk(scene.pageSize(), scene.overlap());

        scene.walk(walk, list);

        if (walk.verdict() instanceof Verdict.Complete || walk.verdict() instanceof Verdict.Repaired) {
            assertThat(walk.seenIds()).containsAll(list.listedThroughout());
        }
        Statistics.collect(walk.verdict().getClass());
        Statistics.coverage(verdicts -> {
            verdicts.check(Verdict.Complete.class).percentage(share -> share > 10);
            verdicts.check(Verdict.Repaired.class).percentage(share -> share > 10);
        });
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void a_list_that_keeps_its_order_never_looks_reordered(@ForAll("scenes") Scene scene) {
        PageWalk walk = new PageWalk(scene.pageSize(), scene.overlap());

        scene.walk(walk, scene.list());

        if (walk.verdict() instanceof Verdict.Suspect suspect
                && !suspect.reason().contains("could not be joined")) {
            assertThat(suspect.reason()).doesNotContain("changed places");
        }
    }

    @Provide
    Arbitrary<Scene> scenes() {
        Arbitrary<Integer> pageSizes = Arbitraries.integers().between(2, 12);
        return pageSizes.flatMap(
                pageSize -> Arbitraries.integers().between(0, 60).flatMap(size -> Combinators.combine(
                                rejected(size),
                                Arbitraries.integers().between(1, pageSize - 1),
                                Arbitraries.frequencyOf(
                                        Tuple.of(3, Arbitraries.just(pageSize)),
                                        Tuple.of(1, Arbitraries.integers().between(1, pageSize))),
                                Arbitraries.of(Count.class),
                                changes().list().ofMaxSize(30))
                        .as((rejected, overlap, cap, count, changes) ->
                                new Scene(size, rejected, pageSize, overlap, cap, count, changes))));
    }

    private static Arbitrary<Set<Integer>> rejected(int size) {
        return size == 0
                ? Arbitraries.just(Set.of())
                : Arbitraries.integers().between(0, size - 1).set().ofMaxSize(Math.min(size, 3));
    }

    private static Arbitrary<List<Change>> changes() {
        Arbitrary<Change> change = Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.oneOf(
                                Arbitraries.of(0, 100), Arbitraries.integers().between(0, 100)),
                        Arbitraries.frequencyOf(
                                Tuple.of(4, Arbitraries.integers().between(1, 3)),
                                Tuple.of(1, Arbitraries.integers().between(1, 30))))
                .as(Change::new);
        return change.list().ofMaxSize(3);
    }

    @Example
    void a_list_that_shrinks_by_two_pages_is_walked_again_from_before_the_gap() {
        MovingList list = MovingList.of(100);
        PageWalk walk = new PageWalk(10, 1);
        while (walk.offset() < 60) {
            walk.accept(list.answer(walk));
        }

        list.delete(0, 20);
        walkOn(walk, list);

        assertThat(walk.seenIds()).containsAll(list.listedThroughout());
        assertThat(walk.verdict()).isEqualTo(new Verdict.Repaired());
    }

    @Example
    void rows_beyond_a_gap_are_handed_out_once() {
        MovingList list = MovingList.of(100);
        PageWalk walk = new PageWalk(10, 1);
        walk.accept(list.answer(walk));

        list.delete(5, 5);
        int first = 10;
        while (walk.goesOn()) {
            first += walk.accept(list.answer(walk)).cardinality();
        }

        assertThat(first).isEqualTo(100);
        assertThat(walk.verdict()).isEqualTo(new Verdict.Repaired());
    }

    @Example
    void a_list_that_shrinks_to_before_the_offset_is_repaired() {
        MovingList list = MovingList.of(100);
        PageWalk walk = new PageWalk(10, 3);
        while (walk.offset() < 70) {
            walk.accept(list.answer(walk));
        }

        list.delete(10, 60);
        walkOn(walk, list);

        assertThat(walk.seenIds()).containsAll(list.listedThroughout());
        assertThat(walk.verdict()).isEqualTo(new Verdict.Repaired());
    }

    @Example
    void a_list_that_grows_at_its_start_with_every_request_is_outrun() {
        MovingList list = MovingList.of(60);
        PageWalk walk = new PageWalk(10, 9);

        for (int request = 0; walk.goesOn() && request < 200; request++) {
            walk.accept(list.answer(walk));
            list.insert(0, 1);
        }

        assertThat(walk.verdict()).isEqualTo(new Verdict.Complete());
        assertThat(walk.seenIds()).containsAll(list.listedThroughout());
    }

    @Example
    void a_list_that_shrinks_with_every_request_ends_as_suspect_when_the_steps_back_are_used_up() {
        MovingList list = MovingList.of(1_000);
        PageWalk walk = new PageWalk(10, 1, new PageWalk.Bounds(1_000, 3));

        while (walk.goesOn()) {
            walk.accept(list.answer(walk));
            list.delete(0, 10);
        }

        assertThat(walk.verdict()).isInstanceOfSatisfying(Verdict.Suspect.class, suspect -> assertThat(suspect.reason())
                .contains("3 steps back"));
    }

    @Example
    void a_single_task_that_gives_way_to_others_is_no_end() {
        MovingList list = MovingList.of(2).cappedAt(1);
        PageWalk walk = new PageWalk(10, 1);
        walk.accept(list.answer(walk));

        list.delete(0, 1);
        walkOn(walk, list);

        assertThat(walk.seenIds()).contains("t1");
    }

    @Example
    void an_end_that_is_not_confirmed_by_known_tasks_is_no_end() {
        MovingList list = MovingList.of(5).rejecting(Set.of(1, 2, 4));
        PageWalk walk = new PageWalk(3, 2);
        walk.accept(list.answer(walk));
        list.delete(0, 3);
        walk.accept(list.answer(walk));

        list.insert(0, 3);
        list.rejecting(Set.of(0, 1, 2));
        walkOn(walk, list);

        assertThat(walk.seenIds()).contains("t3");
    }

    @Example
    void a_list_that_is_emptied_in_mid_pass_is_whole() {
        MovingList list = MovingList.of(30);
        PageWalk walk = new PageWalk(10, 1);
        walk.accept(list.answer(walk));
        walk.accept(list.answer(walk));

        list.delete(0, 30);
        walkOn(walk, list);

        assertThat(walk.verdict()).isEqualTo(new Verdict.Repaired());
    }

    private static void walkOn(PageWalk walk, MovingList list) {
        while (walk.goesOn()) {
            walk.accept(list.answer(walk));
        }
    }
}
