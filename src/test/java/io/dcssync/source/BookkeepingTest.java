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
    private final Bookkeeping books = new Bookkeeping(before);

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

        books.take(0, page(), List.of("b"), checked());
        assertThat(books.isStoreDue()).isTrue();
        books.handPageTo(new HashMap<>());
        books.closedAs(run(8));
        assertThat(books.left().isEmpty()).as("it was not stored").isTrue();

        books.stored();
        assertThat(books.left().lacking(Set.of())).contains(List.of("b"));
    }

    private static CheckedPage checked() {
        BitSet fresh = new BitSet();
        fresh.set(0);
        return CheckedPage.of(
                List.of(new CheckedEntry.Task("b", "b", JsonNodeFactory.instance.objectNode())), fresh, task -> true);
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
