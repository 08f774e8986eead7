package io.dcssync.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a pass may take for known, and what it leaves. */
class BookkeepingTest {

    private static final Instant ENDED = Instant.parse("2026-03-01T10:00:00Z");

    private final Holdings before = new Holdings();
    private final Bookkeeping books = new Bookkeeping(before, 2);

    BookkeepingTest() {
        before.keep(0, page(), List.of("a"), new BitSet());
        before.leftBy(run(7));
    }

    @Test
    void what_the_last_pass_left_is_known() {
        books.opened(opening(8L, 7L));

        assertThat(books.held()).isSameAs(before);
        assertThat(books.lacking(Set.of())).contains(List.of("a"));
    }

    @Test
    void nothing_is_known_where_another_pass_was_the_last() {
        books.opened(opening(9L, 8L));

        assertThat(books.held()).isSameAs(Holdings.NONE);
        assertThat(books.lacking(Set.of())).isEmpty();
    }

    @Test
    void a_dead_pass_that_was_ended_first_is_the_last_one() {
        books.opened(opening(null, 7L));
        books.opened(opening(9L, 8L));

        assertThat(books.held()).isSameAs(Holdings.NONE);
    }

    @Test
    void a_pass_that_was_not_closed_leaves_what_it_found_and_one_that_was_what_it_stored() {
        books.opened(opening(8L, 7L));
        assertThat(books.left()).isSameAs(before);

        take("b", checked());
        assertThat(books.hasNews()).isTrue();
        books.handPagesTo(new HashMap<>());
        books.closedAs(run(8));
        assertThat(books.left().isEmpty()).as("it was not stored").isTrue();

        books.stored();
        assertThat(books.left().lacking(Set.of(), Holdings.NONE)).contains(List.of("b"));
    }

    @Test
    void what_pages_bring_waits_until_it_is_a_page_full() {
        books.opened(opening(8L, 7L));

        take("b", checked());
        take("c", nothing());
        assertThat(books.isStoreDue()).isFalse();
        take("d", checked());
        assertThat(books.isStoreDue()).isTrue();

        Map<String, Object> facts = new HashMap<>();
        books.handPagesTo(facts);
        assertThat(facts)
                .containsEntry("pages", 3)
                .containsEntry("tasks", "[{},{}]")
                .containsEntry("unchanged", 1)
                .as("before all of them")
                .containsEntry("requestedAt", "asked for b");
        assertThat(books.hasNews()).isFalse();
    }

    @Test
    void a_page_is_known_to_be_held_no_sooner_than_those_before_it() {
        books.opened(opening(8L, 7L));

        take("b", nothing());
        take("c", checked());
        take("d", nothing());
        books.closedAs(run(8));
        assertThat(books.left().lacking(Set.of(), Holdings.NONE)).contains(List.of("b"));

        books.handPagesTo(new HashMap<>());
        books.stored();
        assertThat(books.left().lacking(Set.of(), Holdings.NONE)).contains(List.of("b", "c", "d"));
    }

    private void take(String id, CheckedPage checked) {
        books.take(new TakenPage(0, page(), List.of(id), checked.held(), "asked for " + id), checked);
    }

    private static CheckedPage checked() {
        return checked(new CheckedEntry.Task("b", "b", "{}"));
    }

    private static CheckedPage nothing() {
        return checked(new CheckedEntry.Held("b"));
    }

    private static CheckedPage checked(CheckedEntry entry) {
        BitSet fresh = new BitSet();
        fresh.set(0);
        return CheckedPage.of(List.of(entry), fresh, task -> true);
    }

    private static ListedPage page() {
        return ListedPage.of(List.of(JsonNodeFactory.instance.nullNode()), Optional.empty());
    }

    private static Opening opening(Long run, Long previous) {
        return new Opening(run, "T0", previous, ENDED, "p1", run == null ? 8L : null, "host:1", run == null);
    }

    private static ClosedRun run(long id) {
        return new ClosedRun(Map.of("run_id", id, "outcome", "complete", "finished_at", Timestamp.from(ENDED)));
    }
}
