package io.dcssync.source;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a page shows of how the endpoint pages.
 *
 * @param ids of its entries in order; null for an entry that has none
 * @param count what the endpoint says of the number of tasks
 */
record Sample(List<String> ids, Optional<Long> count) {

    static Sample of(ListedPage page, CheckEntry check) {
        String[] ids = page.toCheck().stream()
                .flatMap(List::stream)
                .map(check::check)
                .map(entry -> entry instanceof CheckedEntry.Task task ? task.id() : null)
                .toArray(String[]::new);
        return new Sample(Collections.unmodifiableList(Arrays.asList(ids)), page.count());
    }

    int rows() {
        return ids.size();
    }

    boolean isEmpty() {
        return ids.isEmpty();
    }

    /** Whether it begins with this task. */
    boolean beginsWith(String id) {
        return !isEmpty() && Objects.equals(ids.get(0), id);
    }

    /** Whether it has a task that the other one lacks. */
    boolean addsTo(Sample other) {
        return ids.stream().anyMatch(id -> id != null && !other.ids.contains(id));
    }

    long withoutId() {
        return ids.stream().filter(Objects::isNull).count();
    }

    /** Whether a task stands in it twice. */
    boolean repeats() {
        return distinct(this).size() + withoutId() < rows();
    }

    /** Whether the tasks that are in both stand in the same order. */
    boolean isInOrderOf(Sample other) {
        Set<String> here = distinct(this);
        Set<String> there = distinct(other);
        here.retainAll(distinct(other));
        there.retainAll(distinct(this));
        return List.copyOf(here).equals(List.copyOf(there));
    }

    private static Set<String> distinct(Sample sample) {
        Set<String> ids = new LinkedHashSet<>(sample.ids);
        ids.remove(null);
        return ids;
    }
}
