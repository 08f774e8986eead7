package io.dcssync.simulator;

import io.dcssync.listapi.ListBody;
import io.dcssync.listapi.ListRequest;
import io.dcssync.listapi.ListedTask;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One project's made-up task list. It changes only by {@link #step()}, by at most one task each; what happens in which
 * step follows from the seed and the size alone. The clock says only when.
 *
 * <p>Thread-safe: every answer shows the list between two steps.
 */
public final class LivingList {

    /** Enough for any test, and a bound for a simulator that is left running for weeks. */
    private static final int CHANGES_KEPT = 100_000;

    private final Dice dice;
    private final TaskMaker maker;
    private final Clock clock;
    private final int usualSize;
    private final Deque<Change> changes = new ArrayDeque<>();
    private long steps;
    private volatile List<ListedTask> newestFirst;

    /** Makes up a list of this size, as old as the clock's present time. */
    LivingList(long seed, int size, Clock clock) {
        this.dice = new Dice(seed);
        this.maker = new TaskMaker(dice);
        this.clock = clock;
        this.usualSize = size;
        this.newestFirst = maker.list(size, clock.instant());
    }

    /** Answers one request of the list, with each task written so. */
    ListBody answer(ListRequest request, Function<ListedTask, byte[]> written) {
        Page<ListedTask> page = Page.of(newestFirst, request, task -> task.text("task_name"));
        return ListBody.of(page.matching(), page.tasks().stream().map(written).toList());
    }

    /** Returns the list as it is now, newest task first. */
    public List<ListedTask> tasks() {
        return newestFirst;
    }

    /** Returns what has happened since the start, oldest first; of very many changes the last 100,000. */
    public synchronized List<Change> changes() {
        return List.copyOf(changes);
    }

    /** Lets the next thing happen: a task appears, moves on, ends, starts again or is deleted. */
    public synchronized void step() {
        steps++;
        // more often while the list is short: its size stays near the one it began with
        if (dice.chance(newestFirst.size() < usualSize ? 25 : 10)) {
            appear();
        } else {
            Move.draw(newestFirst, dice).ifPresent(this::happen);
        }
    }

    private void appear() {
        Instant now = clock.instant();
        ListedTask task = maker.task(now);
        List<ListedTask> longer = new ArrayList<>(newestFirst.size() + 1);
        longer.add(task);
        longer.addAll(newestFirst);
        newestFirst = List.copyOf(longer);
        log(now, task, Optional.empty(), Optional.of(task));
    }

    private void happen(Move move) {
        Instant now = clock.instant();
        ListedTask task =
                dice.pick(newestFirst.stream().filter(move::canHappenTo).toList());
        List<ListedTask> changed = new ArrayList<>(newestFirst);
        int position = changed.indexOf(task);
        Optional<ListedTask> after = Optional.empty();
        if (move == Move.DELETE) {
            changed.remove(position);
        } else {
            after = Optional.of(move.apply(task, TimeText.draw(now, dice), dice));
            changed.set(position, after.get());
        }
        newestFirst = List.copyOf(changed);
        log(now, task, Optional.of(task), after);
    }

    private void log(Instant now, ListedTask task, Optional<ListedTask> before, Optional<ListedTask> after) {
        changes.addLast(new Change(
                steps,
                now,
                task.text("task_id"),
                before.map(t -> t.text("status")),
                after.map(t -> t.text("status")),
                after.map(t -> t.text("error_message")).filter(message -> !message.isEmpty())));
        if (changes.size() > CHANGES_KEPT) {
            changes.removeFirst();
        }
    }
}
