package io.dcssync.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What an endpoint that does not do as it should makes of a pass. */
class WalkVerdictTest {

    @Property
    void an_endpoint_that_ignores_the_offset_fails_the_pass(
            @ForAll @IntRange(min = 1, max = 12) int pageSize,
            @ForAll @IntRange(max = 11) int overlap,
            @ForAll @IntRange(min = 1, max = 30) int more,
            @ForAll @Size(max = 4) Set<@IntRange(max = 9) Integer> rejected) {
        rejected.removeIf(position -> position + 1 >= pageSize);
        MovingList list = MovingList.of(pageSize + more).rejecting(rejected);
        PageWalk walk = new PageWalk(pageSize, Math.min(overlap, pageSize - 1));

        while (walk.goesOn()) {
            walk.accept(list.answer(0, walk.limit(), Optional.of((long) list.size())));
        }

        assertThat(walk.verdict()).isInstanceOfSatisfying(Verdict.Failed.class, failed -> assertThat(failed.code())
                .isEqualTo("offset-ignored"));
    }

    @Property
    void any_answers_whatever_end_the_walk_within_its_bounds(
            @ForAll @IntRange(min = 1, max = 5) int pageSize,
            @ForAll @IntRange(max = 4) int overlap,
            @ForAll("arbitraryAnswers") List<Answer> answers) {
        PageWalk walk = new PageWalk(pageSize, Math.min(overlap, pageSize - 1), new PageWalk.Bounds(50, 4));
        Set<String> ids = new HashSet<>();

        int pages = 0;
        for (; walk.goesOn(); pages++) {
            Answer answer = answers.get(pages % answers.size());
            BitSet first = walk.accept(answer);
            for (int row = 0; row < answer.ids().size(); row++) {
                String id = answer.ids().get(row);
                assertThat(first.get(row) || id == null || ids.contains(id)).isTrue();
            }
            ids.addAll(answer.ids());
            assertThat(walk.offset()).isNotNegative();
        }

        ids.remove(null);
        assertThat(pages).isLessThanOrEqualTo(50);
        assertThat(walk.verdict()).isNotNull();
        assertThat(walk.seenIds()).isEqualTo(ids);
    }

    @Property
    void the_rows_handed_out_are_as_many_as_the_distinct_ids(
            @ForAll @IntRange(max = 4) int overlap,
            @ForAll @Size(min = 1, max = 20) List<@Size(max = 5) Set<@IntRange(max = 12) Integer>> pages) {
        PageWalk walk = new PageWalk(5, overlap);

        int handedOut = 0;
        for (int page = 0; page < pages.size() && walk.goesOn(); page++) {
            List<String> ids = pages.get(page).stream().map(String::valueOf).toList();
            handedOut += walk.accept(new Answer(ids, Optional.empty())).cardinality();
        }

        assertThat(handedOut).isEqualTo(walk.seenIds().size());
    }

    @Provide
    Arbitrary<List<Answer>> arbitraryAnswers() {
        Arbitrary<String> ids =
                Arbitraries.integers().between(0, 15).map(String::valueOf).injectNull(0.1);
        return Combinators.combine(
                        ids.list().ofMaxSize(6),
                        Arbitraries.longs().between(-1, 20).optional())
                .as(Answer::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    @Example
    void a_count_larger_than_what_was_received_makes_the_pass_suspect() {
        PageWalk walk = walked(10, 1, page(13, "a", "b", "c"), page(12, "c"), page(14, "a", "b", "c"));

        assertThat(suspicion(walk)).contains("counts 12", "3 were received");
        assertThat(walk.reportedCount()).contains(12L);
    }

    @Example
    void the_smallest_count_of_the_pass_is_the_one_that_is_checked() {
        PageWalk walk = walked(10, 1, page(13, "a", "b", "c"), page(3, "c"));

        assertThat(walk.verdict()).isEqualTo(new Verdict.Complete());
    }

    @Example
    void a_count_that_is_the_size_of_the_page_is_no_reason_for_doubt() {
        PageWalk walk = walked(3, 1, page(3, "a", "b", "c"), page(3, "c", "d", "e"), page(1, "e"));

        assertThat(walk.verdict()).isEqualTo(new Verdict.Complete());
    }

    @Example
    void an_id_that_stands_twice_in_a_page_counts_twice_as_it_does_for_the_endpoint() {
        PageWalk walk = walked(10, 1, page(3, "a", "b", "b"), page(3, "b"));

        assertThat(walk.verdict()).isEqualTo(new Verdict.Complete());
    }

    @Example
    void an_empty_list_with_a_count_is_suspect() {
        assertThat(suspicion(walked(10, 1, page(7)))).contains("count of 7");
    }

    @Example
    void an_empty_list_without_a_count_is_complete() {
        PageWalk walk = walked(10, 1, new Answer(List.of(), Optional.empty()));

        assertThat(walk.verdict()).isEqualTo(new Verdict.Complete());
        assertThat(walk.reportedCount()).isEmpty();
    }

    @Example
    void a_rejected_row_counts_as_received_and_is_handed_out_once() {
        PageWalk walk = new PageWalk(3, 2);

        assertThat(walk.accept(page(4, "a", null, "c"))).isEqualTo(rows(0, 1, 2));
        assertThat(walk.accept(page(4, null, "c", "d"))).isEqualTo(rows(2));
        assertThat(walk.accept(page(4, "c", "d"))).isEqualTo(rows());
        assertThat(walk.verdict()).isEqualTo(new Verdict.Complete());
    }

    @Example
    void rejected_rows_behind_the_only_task_leave_the_pass_complete() {
        PageWalk walk = walked(10, 1, page(2, "a", null), page(2, new String[] {null}), page(2, "a", null));

        assertThat(walk.verdict()).isEqualTo(new Verdict.Complete());
    }

    @Example
    void a_list_of_nothing_but_rejected_rows_is_suspect() {
        PageWalk walk = walked(10, 1, page(2, null, null), page(2, new String[] {null}));

        assertThat(suspicion(walk)).contains("no second row with an id");
    }

    @Example
    void an_id_that_stands_twice_in_a_page_has_both_rows_handed_out() {
        PageWalk walk = new PageWalk(4, 1);

        assertThat(walk.accept(page(4, "a", "b", "a", "c"))).isEqualTo(rows(0, 1, 2, 3));
        assertThat(walk.accept(page(4, "c", "a"))).isEqualTo(rows());
    }

    @Example
    void tasks_that_change_places_make_the_pass_suspect() {
        MovingList list = MovingList.of(20);
        PageWalk walk = new PageWalk(10, 3);
        walk.accept(list.answer(walk));

        list.swap(8, 9);
        while (walk.goesOn()) {
            walk.accept(list.answer(walk));
        }

        assertThat(suspicion(walk)).contains("changed places");
    }

    @Example
    void a_task_that_moved_to_the_end_makes_the_pass_suspect() {
        PageWalk walk =
                walked(3, 1, page(6, "a", "b", "c"), page(6, "c", "d", "e"), page(6, "e", "f", "a"), page(6, "a"));

        assertThat(suspicion(walk)).contains("changed places");
    }

    @Example
    void without_overlap_a_page_of_unknown_ids_is_the_next_page() {
        PageWalk walk = walked(2, 0, page(4, "a", "b"), page(4, "c", "d"), page(4));

        assertThat(walk.verdict()).isEqualTo(new Verdict.Complete());
    }

    @Example
    void an_endless_list_fails_at_the_bound_of_pages() {
        MovingList list = MovingList.of(1_000);
        PageWalk walk = new PageWalk(10, 1, new PageWalk.Bounds(20, 3));

        while (walk.goesOn()) {
            walk.accept(list.answer(walk));
        }

        assertThat(walk.verdict()).isInstanceOfSatisfying(Verdict.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo("too-many-pages");
            assertThat(failed.message()).contains("20 pages", "181 entries");
        });
    }

    @Example
    void a_million_tasks_are_walked_in_seconds() {
        int size = 1_000_000;
        PageWalk walk = new PageWalk(1_000, 10);

        while (walk.goesOn()) {
            int from = walk.offset();
            List<String> ids = IntStream.range(from, Math.min(size, from + walk.limit()))
                    .mapToObj(Integer::toString)
                    .toList();
            walk.accept(new Answer(ids, Optional.of((long) size)));
        }

        assertThat(walk.verdict()).isEqualTo(new Verdict.Complete());
        assertThat(walk.seenIds()).hasSize(size);
    }

    @Example
    void the_verdict_is_not_to_be_had_before_the_end() {
        assertThatIllegalStateException().isThrownBy(new PageWalk(10, 1)::verdict);
    }

    @Example
    void an_answer_after_the_end_is_a_bug() {
        PageWalk walk = walked(10, 1, page(0));

        assertThatIllegalStateException().isThrownBy(() -> walk.accept(page(0)));
    }

    @Example
    void an_overlap_of_a_whole_page_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PageWalk(10, 10))
                .withMessageContaining("page-overlap");
    }

    private static PageWalk walked(int pageSize, int overlap, Answer... answers) {
        PageWalk walk = new PageWalk(pageSize, overlap);
        for (Answer answer : answers) {
            walk.accept(answer);
        }
        assertThat(walk.goesOn()).isFalse();
        return walk;
    }

    private static String suspicion(PageWalk walk) {
        assertThat(walk.verdict()).isInstanceOf(Verdict.Suspect.class);
        return ((Verdict.Suspect) walk.verdict()).reason();
    }

    private static Answer page(long count, String... ids) {
        return new Answer(Arrays.asList(ids), Optional.of(count));
    }

    private static BitSet rows(int... indexes) {
        BitSet rows = new BitSet();
        IntStream.of(indexes).forEach(rows::set);
        return rows;
    }
}
