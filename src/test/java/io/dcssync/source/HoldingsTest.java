package io.dcssync.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a pass leaves for the next one of the same process. */
class HoldingsTest {

    private static final Instant ENDED = Instant.parse("2026-03-01T10:00:00Z");

    private final ReadPage readPage = new ReadPage(JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build());
    private final CheckEntry check = new CheckEntry();
    private final Holdings holdings = new Holdings();

    @Test
    void a_page_with_the_same_bytes_is_held_as_a_whole() throws Exception {
        stored(0, page(task("a", "1"), task("b", "1")));

        assertThat(looked(0, page(task("a", "1"), task("b", "1")))).containsExactly("held a", "held b");
    }

    @Test
    void of_a_page_that_moved_or_changed_only_what_is_new_is_looked_at() throws Exception {
        stored(0, page(task("a", "1"), task("b", "1"), task("c", "1")));

        assertThat(looked(0, page(task("new", "1"), task("a", "1"), task("b", "2"), task("c", "1"))))
                .containsExactly(task("new", "1"), "held a", task("b", "2"), "held c");
        assertThat(looked(7, page(task("a", "1"), task("b", "1"), task("c", "1"))))
                .containsExactly("held a", "held b", "held c");
    }

    @Test
    void entries_that_stand_once_more_where_pages_overlap_are_held_too() throws Exception {
        stored(0, page(task("a", "1"), task("b", "1")));
        stored(1, page(task("b", "1"), task("c", "1")), 1);

        assertThat(looked(1, page(task("b", "1"), task("c", "1")))).containsExactly("held b", "held c");
    }

    @Test
    void another_content_of_a_task_that_an_earlier_page_has_brought_is_not_held() throws Exception {
        stored(0, page(task("a", "1"), task("b", "2")));
        stored(1, page(task("b", "1"), task("c", "1")), 1);

        assertThat(looked(1, page(task("b", "1"), task("c", "1")))).containsExactly(task("b", "1"), "held c");
    }

    @Test
    void both_contents_of_a_task_that_stands_twice_in_a_page_are_looked_at() throws Exception {
        stored(0, page(task("a", "1"), task("b", "1")));

        assertThat(looked(0, page(task("a", "1"), task("a", "2"), task("b", "1"))))
                .containsExactly(task("a", "1"), task("a", "2"), task("b", "1"));
    }

    @Test
    void what_is_rejected_is_looked_at_each_time() throws Exception {
        stored(0, page("7", "{\"task_id\":5}", "{}", task("a", "1")));

        assertThat(looked(0, page("7", "{\"task_id\":5}", "{}", task("a", "1"))))
                .containsExactly("7", "{\"task_id\":5}", "{}", "held a");
    }

    @Test
    void an_order_mark_or_another_encoding_is_read_all_the_same() throws Exception {
        String text = page(task("a", "1"), task("b", "ü"));
        stored(0, text);

        assertThat(looked(0, ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8)))
                .containsExactly("held a", "held b");
        assertThat(looked(0, text.getBytes(StandardCharsets.UTF_16LE))).containsExactly(task("a", "1"), task("b", "ü"));
    }

    @Test
    void the_last_list_of_a_page_counts_and_all_that_follows_is_read() throws Exception {
        String page = "{\"migration_tasks\":7,\"x\":{\"migration_tasks\":[1]},\"migration_tasks\":[" + task("a", "1")
                + "],\"y\":[{}]}";

        assertThat(looked(0, page)).containsExactly(task("a", "1"));
        assertThat(readPage.read(
                        page.replace("[" + task("a", "1") + "]", "null").getBytes(StandardCharsets.UTF_8), 0, holdings))
                .isEmpty();
    }

    @Test
    void it_is_what_that_pass_has_left_and_no_other() {
        assertThat(holdings.isLeftBy(7L, ENDED)).isFalse();
        holdings.leftBy(run(7, "complete"));

        assertThat(holdings.isLeftBy(7L, ENDED)).isTrue();
        assertThat(holdings.isLeftBy(8L, ENDED)).isFalse();
        assertThat(holdings.isLeftBy(7L, ENDED.plusNanos(1000))).isFalse();
        assertThat(holdings.isLeftBy(null, null)).isFalse();
        assertThat(Holdings.NONE.isLeftBy(null, null)).isFalse();
    }

    @Test
    void what_is_gone_since_a_whole_pass_is_known_and_since_another_one_is_not() throws Exception {
        stored(0, page(task("a", "1"), task("b", "1")));
        // the list shrank, and the place was asked for again
        stored(0, page(task("c", "1"), "7"));
        assertThat(holdings.lacking(Set.of("a"), Holdings.NONE)).isEmpty();

        holdings.leftBy(run(7, "repaired"));
        assertThat(holdings.lacking(Set.of("a", "x"), Holdings.NONE)).contains(List.of("b", "c"));

        holdings.leftBy(run(7, "suspect"));
        assertThat(holdings.lacking(Set.of("a"), Holdings.NONE)).isEmpty();
    }

    @Test
    void of_a_page_that_came_once_more_nothing_is_gone() throws Exception {
        stored(0, page(task("a", "1"), task("b", "1")));
        stored(2, page(task("c", "1"), task("d", "1")));
        holdings.leftBy(run(7, "complete"));
        Holdings now = new Holdings();
        storedIn(now, 0, page(task("a", "1"), task("b", "1")));
        storedIn(now, 2, page(task("d", "1")));

        assertThat(holdings.lacking(Set.of(), now)).contains(List.of("c", "d"));
    }

    /** The page is stored, but for so many entries at its beginning that the pass had received before. */
    private void stored(int offset, String json, int... repeated) throws IOException {
        storedIn(holdings, offset, json, repeated);
    }

    private void storedIn(Holdings kept, int offset, String json, int... repeated) throws IOException {
        ListedPage page = readPage.read(json.getBytes(StandardCharsets.UTF_8), offset, Holdings.NONE)
                .orElseThrow();
        List<CheckedEntry> entries = page.checkedAs(page.toCheck().stream()
                .flatMap(part -> check.checkAll(part).stream())
                .toList());
        BitSet fresh = new BitSet();
        fresh.set(repeated.length == 0 ? 0 : repeated[0], entries.size());
        List<String> ids = new ArrayList<>();
        entries.forEach(entry -> ids.add(entry.id()));
        kept.keep(
                offset, page, ids, CheckedPage.of(entries, fresh, task -> true).held());
    }

    private List<String> looked(int offset, String json) throws IOException {
        return looked(offset, json.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> looked(int offset, byte[] bytes) throws IOException {
        return readPage.read(bytes, offset, holdings).orElseThrow().entries().stream()
                .map(entry -> entry instanceof ListedEntry.Held held
                        ? "held " + held.id()
                        : ((ListedEntry.Told) entry).json().toString())
                .toList();
    }

    private static String page(String... entries) {
        return "{\"count\":3,\"migration_tasks\":[" + String.join(",", entries) + "]}";
    }

    private static String task(String id, String status) {
        return "{\"task_id\":\"%s\",\"status\":\"%s\"}".formatted(id, status);
    }

    private static ClosedRun run(long id, String outcome) {
        return new ClosedRun(Map.of("run_id", id, "outcome", outcome, "finished_at", Timestamp.from(ENDED)));
    }
}
