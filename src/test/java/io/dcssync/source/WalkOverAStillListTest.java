package io.dcssync.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Nothing comes or goes: the walk must be whole, and cheap. */
class WalkOverAStillListTest {

    record Scene(int size, int pageSize, int overlap, int cap, boolean counted) {
        MovingList list() {
            return MovingList.of(size).cappedAt(cap);
        }

        Answer answer(MovingList list, PageWalk walk) {
            return list.answer(
                    walk.offset(), walk.limit(), counted ? Optional.of((long) list.size()) : Optional.empty());
        }

        /** Requests until every task was shown once; they need not show that it was the last. */
        int requestsToShowAll() {
            int stride = cap - Math.min(overlap, cap - 1);
            return size <= cap ? 1 : 1 + (size - cap + stride - 1) / stride;
        }
    }

    @Property
    void every_task_is_seen_with_one_request_more_than_it_takes_to_show_all(@ForAll("overlapping") Scene scene) {
        MovingList list = scene.list();
        PageWalk walk = new PageWalk(scene.pageSize(), scene.overlap());

        int requests = 0;
        for (; walk.goesOn(); requests++) {
            walk.accept(scene.answer(list, walk));
        }

        assertThat(walk.verdict()).isEqualTo(new Verdict.Complete());
        assertThat(walk.seenIds()).containsExactlyInAnyOrderElementsOf(list.ids());
        assertThat(requests).isLessThanOrEqualTo(scene.requestsToShowAll() + (scene.size() == 1 ? 2 : 1));
    }

    @Property
    void each_task_is_handed_out_once(@ForAll("overlapping") Scene scene) {
        MovingList list = scene.list();
        PageWalk walk = new PageWalk(scene.pageSize(), scene.overlap());

        List<String> handedOut = new ArrayList<>();
        while (walk.goesOn()) {
            Answer answer = scene.answer(list, walk);
            walk.accept(answer).stream().mapToObj(answer.ids()::get).forEach(handedOut::add);
        }

        assertThat(handedOut).isEqualTo(list.ids());
    }

    @Property
    void without_overlap_the_right_count_makes_the_pass_complete(
            @ForAll @IntRange(max = 60) int size,
            @ForAll @IntRange(min = 1, max = 12) int pageSize,
            @ForAll @IntRange(min = 1, max = 12) int cap) {
        MovingList list = MovingList.of(size).cappedAt(cap);
        PageWalk walk = new PageWalk(pageSize, 0);

        walkToTheEnd(walk, list);

        assertThat(walk.verdict()).isEqualTo(new Verdict.Complete());
        assertThat(walk.seenIds()).containsExactlyInAnyOrderElementsOf(list.ids());
    }

    /** With the whole overlap made of rejected rows nothing can be shown, but everything is still read. */
    @Property
    void rejected_rows_are_counted_and_hide_no_other(
            @ForAll @IntRange(min = 1, max = 60) int size,
            @ForAll @IntRange(min = 2, max = 12) int pageSize,
            @ForAll Set<@IntRange(max = 59) Integer> rejected) {
        rejected.removeIf(position -> position >= size);
        MovingList list = MovingList.of(size).rejecting(rejected);
        PageWalk walk = new PageWalk(pageSize, 1);

        int handedOut = walkToTheEnd(walk, list);

        assertThat(walk.seenIds()).isEqualTo(list.listedThroughout());
        assertThat(handedOut).isEqualTo(size);
        if (rejected.size() < pageSize - 1 && rejected.size() < size - 1) {
            assertThat(walk.verdict()).isEqualTo(new Verdict.Complete());
        }
    }

    @Provide
    Arbitrary<Scene> overlapping() {
        return Arbitraries.integers().between(2, 12).flatMap(pageSize -> Combinators.combine(
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.integers().between(1, pageSize - 1),
                        Arbitraries.integers().between(2, pageSize),
                        Arbitraries.of(true, false))
                .as((size, overlap, cap, counted) -> new Scene(size, pageSize, overlap, cap, counted)));
    }

    @Example
    void an_empty_list_takes_one_request() {
        assertThat(offsetsAskedFor(new PageWalk(10, 1), MovingList.of(0))).containsExactly(0);
    }

    @Example
    void a_single_task_is_looked_at_again_after_the_empty_page_behind_it() {
        PageWalk walk = new PageWalk(10, 1);

        assertThat(offsetsAskedFor(walk, MovingList.of(1))).containsExactly(0, 1, 0);
        assertThat(walk.verdict()).isEqualTo(new Verdict.Complete());
    }

    @Example
    void a_list_that_fits_into_one_page_takes_two_requests() {
        assertThat(offsetsAskedFor(new PageWalk(10, 3), MovingList.of(10))).containsExactly(0, 7);
    }

    @Example
    void a_list_of_whole_pages_ends_with_its_last_rows_again() {
        assertThat(offsetsAskedFor(new PageWalk(10, 1), MovingList.of(28))).containsExactly(0, 9, 18, 27);
    }

    @Example
    void a_short_page_does_not_end_the_pass() {
        PageWalk walk = new PageWalk(10, 1);

        assertThat(offsetsAskedFor(walk, MovingList.of(25).cappedAt(9))).containsExactly(0, 8, 16, 24);
        assertThat(walk.seenIds()).hasSize(25);
    }

    @Example
    void a_single_row_a_page_is_read_to_the_end_but_proves_nothing() {
        PageWalk walk = new PageWalk(10, 1);
        MovingList list = MovingList.of(5).cappedAt(1);

        assertThat(offsetsAskedFor(walk, list)).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(walk.seenIds()).hasSize(5);
        assertThat(walk.verdict()).isInstanceOfSatisfying(Verdict.Suspect.class, suspect -> assertThat(suspect.reason())
                .containsOnlyOnce("one row a page"));
    }

    @Example
    void a_server_that_gives_more_than_the_limit_is_taken_at_its_rows() {
        PageWalk walk = new PageWalk(10, 1);
        MovingList list = MovingList.of(25);
        List<Integer> offsets = new ArrayList<>();
        while (walk.goesOn()) {
            offsets.add(walk.offset());
            walk.accept(list.answer(walk.offset(), 1_000, Optional.of(25L)));
        }

        assertThat(offsets).containsExactly(0, 24);
        assertThat(walk.verdict()).isEqualTo(new Verdict.Complete());
    }

    @Example
    void the_overlap_is_widened_to_a_row_with_an_id() {
        PageWalk walk = new PageWalk(5, 1);
        MovingList list = MovingList.of(12).rejecting(Set.of(3, 4));

        assertThat(offsetsAskedFor(walk, list)).startsWith(0, 2, 6);
        assertThat(walk.verdict()).isEqualTo(new Verdict.Complete());
    }

    private static List<Integer> offsetsAskedFor(PageWalk walk, MovingList list) {
        List<Integer> offsets = new ArrayList<>();
        while (walk.goesOn()) {
            offsets.add(walk.offset());
            walk.accept(list.answer(walk));
        }
        return offsets;
    }

    /** Returns how many rows were said to be new. */
    private static int walkToTheEnd(PageWalk walk, MovingList list) {
        int handedOut = 0;
        while (walk.goesOn()) {
            handedOut += walk.accept(list.answer(walk)).cardinality();
        }
        return handedOut;
    }
}
