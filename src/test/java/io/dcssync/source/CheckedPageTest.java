package io.dcssync.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CheckedPageTest {

    @Example
    void a_page_is_stored_in_its_order() {
        CheckedPage page = allOf(List.of(task("b", "1"), rejected("r"), task("a", "2")));

        assertThat(page.tasks())
                .containsExactly("{\"task_id\":\"b\",\"status\":\"1\"}", "{\"task_id\":\"a\",\"status\":\"2\"}");
        assertThat(page.rejected()).hasToString("[{\"fingerprint\":\"r\",\"reason\":\"no task_id\",\"raw\":\"{}\"}]");
        assertThat(page.duplicates()).isZero();
    }

    @Example
    void an_empty_page_has_nothing_to_store() {
        assertThat(told(allOf(List.of()))).isEqualTo("[] [] 0");
    }

    @Example
    void what_the_pass_has_received_before_is_a_duplicate_and_is_not_stored_again() {
        BitSet fresh = new BitSet();
        fresh.set(1);
        CheckedPage page = CheckedPage.of(List.of(task("a", "1"), task("b", "1"), rejected("r")), fresh, task -> true);

        assertThat(told(page)).isEqualTo("[{\"task_id\":\"b\",\"status\":\"1\"}] [] 2");
    }

    @Property
    void of_a_task_that_stands_twice_the_same_one_wins_in_whatever_order(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 20) Integer> contents, @ForAll Random random) {
        List<CheckedEntry> page = new ArrayList<>();
        contents.forEach(content -> page.add(task("a", content.toString())));
        CheckedPage one = allOf(page);
        Collections.shuffle(page, random);

        assertThat(told(allOf(page))).isEqualTo(told(one));
        assertThat(one.duplicates()).isEqualTo(contents.size() - 1);
    }

    @Example
    void what_the_name_filter_leaves_out_counts_nowhere() {
        List<CheckedEntry> page =
                List.of(task("a", "1"), task("b", "1"), task("b", "2"), rejected("r"), task("c", "1"));
        BitSet fresh = new BitSet();
        fresh.set(0, 4);
        CheckedPage checked = CheckedPage.of(page, fresh, task -> task.id().equals("a"));

        assertThat(told(checked))
                .isEqualTo("[{\"task_id\":\"a\",\"status\":\"1\"}]"
                        + " [{\"fingerprint\":\"r\",\"reason\":\"no task_id\",\"raw\":\"{}\"}] 0");
    }

    @Example
    void what_the_ledger_holds_already_is_counted_and_not_stored_again() {
        BitSet fresh = new BitSet();
        fresh.set(0, 2);
        CheckedPage page = CheckedPage.of(
                List.of(new CheckedEntry.Held("a"), task("b", "1"), new CheckedEntry.Held("c")), fresh, task -> true);

        assertThat(told(page)).isEqualTo("[{\"task_id\":\"b\",\"status\":\"1\"}] [] 1");
        assertThat(page.unchanged()).isOne();
        assertThat(page.held()).hasToString("{0, 1}");
    }

    @Example
    void the_ledger_holds_neither_entry_of_a_task_that_stands_twice_nor_what_is_left_out() {
        CheckedPage page = CheckedPage.of(
                List.of(task("a", "1"), task("b", "1"), task("a", "2"), rejected("r"), task("c", "1")),
                BitSet.valueOf(new long[] {0b11111}),
                task -> !task.id().equals("c"));

        assertThat(page.held()).hasToString("{1}");
    }

    @Property
    void it_adds_up(@ForAll @Size(max = 20) List<@IntRange(max = 6) Integer> ids, @ForAll Random random) {
        List<CheckedEntry> page = new ArrayList<>();
        // 0 is a rejected entry, 6 is left out by the filter
        ids.forEach(id -> page.add(id == 0 ? rejected("r" + page.size()) : task("t" + id, "" + random.nextInt(3))));
        BitSet fresh = new BitSet();
        ids.forEach(id -> fresh.set(random.nextInt(ids.size()), random.nextBoolean()));
        CheckedPage checked = CheckedPage.of(page, fresh, task -> !task.id().equals("t6"));

        long read = ids.stream().filter(id -> id != 6).count();
        assertThat(checked.tasks().size() + checked.rejected().size() + checked.duplicates())
                .isEqualTo(read);
    }

    private static CheckedPage allOf(List<CheckedEntry> entries) {
        BitSet fresh = new BitSet();
        fresh.set(0, entries.size());
        return CheckedPage.of(entries, fresh, task -> true);
    }

    private static String told(CheckedPage page) {
        return page.tasks() + " " + page.rejected() + " " + page.duplicates();
    }

    private static CheckedEntry.Task task(String id, String status) {
        return new CheckedEntry.Task(id, id, "{\"task_id\":\"%s\",\"status\":\"%s\"}".formatted(id, status));
    }

    private static CheckedEntry rejected(String fingerprint) {
        return new CheckedEntry.Rejected(fingerprint, "no task_id", "{}");
    }
}
