package io.dcssync.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.dcssync.doctor.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PagingContractTest {

    private static final int LIMIT = 5;

    @Test
    void an_endpoint_that_does_as_documented_is_told_in_one_line() {
        assertThat(found(LIMIT, new Endpoint(12)))
                .containsExactly(
                        Finding.ok(
                                "paging: offset is honoured, limit is honoured, the order is stable, count is the total (12), each entry has an id of its own"));
        assertThat(found(LIMIT, new Endpoint(3))).allMatch(PagingContractTest::isOk);
        assertThat(found(LIMIT, new Endpoint(5))).allMatch(PagingContractTest::isOk);
        assertThat(found(LIMIT, new Endpoint(1))).allMatch(PagingContractTest::isOk);
        assertThat(found(1, new Endpoint(1))).allMatch(PagingContractTest::isOk);
        assertThat(found(1, new Endpoint(4))).allMatch(PagingContractTest::isOk);
    }

    @Test
    void an_endpoint_that_ignores_offset_fails() {
        Endpoint endpoint = new Endpoint(12);
        endpoint.ignoresOffset = true;

        assertThat(problems(endpoint)).singleElement().satisfies(finding -> {
            assertThat(finding.verdict()).isEqualTo(Finding.Verdict.FAIL);
            assertThat(finding.text()).contains("offset is not honoured", "every pass will fail");
        });
    }

    @Test
    void an_offset_that_counts_pages_is_told() {
        Endpoint endpoint = new Endpoint(12);
        endpoint.offsetCountsPages = true;

        assertThat(problems(endpoint))
                .extracting(Finding::text)
                .anyMatch(text -> text.contains("offset may not count tasks"));
    }

    @Test
    void a_cap_below_the_page_size_is_told_with_the_size_to_set() {
        Endpoint endpoint = new Endpoint(12);
        endpoint.cap = 3;

        assertThat(problems(endpoint))
                .containsExactly(
                        Finding.warn(
                                "paging: pages are capped at 3 rows, though 5 were asked for: harmless, but more requests; source.*.page-size = 3 says what is so"));
    }

    @Test
    void a_limit_that_is_not_honoured_is_told() {
        Endpoint endpoint = new Endpoint(4);
        endpoint.ignoresLimit = true;

        assertThat(problems(endpoint))
                .singleElement()
                .extracting(Finding::text)
                .asString()
                .contains("limit=1 brought 4 rows");
    }

    @Test
    void a_count_that_guards_nothing_is_told_with_what_guards_instead() {
        Endpoint page = new Endpoint(12);
        page.countsPage = true;
        Endpoint none = new Endpoint(12);
        none.count = Optional.empty();
        Endpoint less = new Endpoint(12);
        less.count = Optional.of(4L);
        Endpoint more = new Endpoint(4);
        more.count = Optional.of(9L);

        assertThat(problems(page))
                .containsExactly(
                        Finding.warn(
                                "paging: count is the size of the page, not of the list: only the overlap of pages guards against tasks that slip through"));
        assertThat(problems(none)).singleElement().asString().contains("no count in the answer");
        assertThat(problems(less)).singleElement().asString().contains("less than the 5 rows");
        assertThat(problems(more)).singleElement().asString().contains("count is 9, but only 4 tasks are listed");
    }

    @Test
    void an_order_that_changes_and_entries_without_an_id_of_their_own_are_told() {
        Sample first = sample("a", "b", "c");
        List<Finding> findings = new PagingContract(
                        LIMIT, first, sample("a"), sample("b", "c"), sample(), sample("b", "a", "c"))
                .findings();
        assertThat(findings).anyMatch(finding -> finding.text().contains("in another order the second time"));

        Sample odd = sample("a", null, "a");
        assertThat(new PagingContract(LIMIT, odd, sample("a"), sample(null, "a"), sample(), odd).findings())
                .extracting(Finding::text)
                .anyMatch(text -> text.contains("1 of 3 entries have no task_id"))
                .anyMatch(text -> text.contains("a task stands twice"));
    }

    @Test
    void a_list_that_moves_meanwhile_is_not_held_against_the_endpoint() {
        // a new task on top after the second request, and b is gone before the last
        assertThat(new PagingContract(
                                LIMIT,
                                counted(3, "a", "b", "c"),
                                counted(3, "a"),
                                counted(4, "a", "b"),
                                counted(4, "c"),
                                counted(3, "n", "a", "c"))
                        .findings())
                .allMatch(PagingContractTest::isOk);
    }

    private static boolean isOk(Finding finding) {
        return finding.verdict() == Finding.Verdict.OK;
    }

    private static List<Finding> problems(Endpoint endpoint) {
        return found(LIMIT, endpoint).stream().filter(finding -> !isOk(finding)).toList();
    }

    private static List<Finding> found(int limit, Endpoint endpoint) {
        Sample first = endpoint.answer(0, limit);
        return new PagingContract(
                        limit,
                        first,
                        endpoint.answer(0, 1),
                        endpoint.answer(1, Math.min(2, limit)),
                        endpoint.answer(first.rows(), limit),
                        endpoint.answer(0, limit))
                .findings();
    }

    private static Sample sample(String... ids) {
        return counted(ids.length, ids);
    }

    private static Sample counted(long count, String... ids) {
        return new Sample(Arrays.asList(ids), Optional.of(count));
    }

    /** An endpoint with its ways. */
    private static final class Endpoint {

        private final List<String> list;
        private int cap = Integer.MAX_VALUE;
        private boolean ignoresOffset;
        private boolean ignoresLimit;
        private boolean offsetCountsPages;
        private boolean countsPage;
        private Optional<Long> count;

        Endpoint(int tasks) {
            list = IntStream.range(0, tasks).mapToObj(i -> "t" + i).toList();
            count = Optional.of((long) tasks);
        }

        Sample answer(int offset, int limit) {
            int rows = ignoresLimit ? list.size() : Math.min(limit, cap);
            int start = ignoresOffset ? 0 : Math.min(list.size(), offsetCountsPages ? offset * rows : offset);
            List<String> page = new ArrayList<>(list.subList(start, Math.min(list.size(), start + rows)));
            return new Sample(page, countsPage ? Optional.of((long) page.size()) : count);
        }
    }
}
