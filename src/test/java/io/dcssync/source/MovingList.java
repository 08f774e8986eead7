package io.dcssync.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A list of tasks behind an offset/limit endpoint. Tasks keep their order; they may come and go between requests.
 *
 * <p>Ids are {@code t0}, {@code t1}, … in the order in which the tasks came. A rejected task is a row without id.
 */
final class MovingList {

    private record Task(String id, boolean rejected) {}

    private final List<Task> tasks = new ArrayList<>();
    private final Set<String> throughout;
    private int created;
    private int cap = Integer.MAX_VALUE;

    private MovingList(int size) {
        insert(0, size);
        throughout = new HashSet<>(ids());
    }

    static MovingList of(int size) {
        return new MovingList(size);
    }

    /** The server gives at most so many rows a page, whatever the limit. */
    MovingList cappedAt(int rows) {
        cap = rows;
        return this;
    }

    MovingList rejecting(Set<Integer> positions) {
        for (int position : positions) {
            Task task = tasks.get(position);
            tasks.set(position, new Task(task.id(), true));
            throughout.remove(task.id());
        }
        return this;
    }

    void insert(int position, int many) {
        for (int i = 0; i < many; i++) {
            tasks.add(position + i, new Task("t" + created++, false));
        }
    }

    void delete(int position, int many) {
        List<Task> gone = tasks.subList(position, Math.min(tasks.size(), position + many));
        gone.forEach(task -> throughout.remove(task.id()));
        gone.clear();
    }

    void swap(int one, int other) {
        Collections.swap(tasks, one, other);
    }

    void move(int from, int to) {
        tasks.add(to, tasks.remove(from));
    }

    int size() {
        return tasks.size();
    }

    List<String> ids() {
        return tasks.stream().map(Task::id).toList();
    }

    /** The tasks with an id that have been listed all the time. */
    Set<String> listedThroughout() {
        return throughout;
    }

    /** The answer to the walk's next request, with the right count. */
    Answer answer(PageWalk walk) {
        return answer(walk.offset(), walk.limit(), Optional.of((long) size()));
    }

    Answer answer(int offset, int limit, Optional<Long> count) {
        int rows = Math.min(limit, cap);
        List<String> ids = new ArrayList<>();
        IntStream.range(Math.min(offset, size()), Math.min(offset + rows, size()))
                .mapToObj(tasks::get)
                .forEach(task -> ids.add(task.rejected() ? null : task.id()));
        return new Answer(ids, count);
    }
}
