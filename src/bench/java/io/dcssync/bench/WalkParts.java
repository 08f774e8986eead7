package io.dcssync.bench;

import io.dcssync.source.CheckedEntry;
import io.dcssync.source.ListedPage;
import io.dcssync.source.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a walk over a hundred pages costs for each task once they are read and checked: where to go on, what is new, what
 * stands in the ledger already, and in the end who is gone. Not final, as JMH extends it.
 */
@State(Scope.Benchmark)
@OperationsPerInvocation(100 * DryPasses.PAGE_SIZE)
public class WalkParts {

    @Param("100")
    public int pages;

    private final DryPasses passes = new DryPasses();
    private List<Step> first;
    private List<Step> next;

    /** A page of the walk. */
    private record Step(ListedPage page, List<CheckedEntry> found) {}

    @Setup
    public void makeTwoPasses() {
        MadeUpTasks list = new MadeUpTasks("bench", pages * DryPasses.PAGE_SIZE);
        first = steps(passes.first(), list);
        next = steps(passes.next(), list);
    }

    private List<Step> steps(Pass pass, MadeUpTasks list) {
        List<Step> steps = new ArrayList<>();
        while (pass.goesOn()) {
            ListedPage read = passes.read(pass, passes.answer(pass, list));
            Step step = new Step(
                    read.withoutContents(),
                    passes.check(read).stream().map(WalkParts::withoutContent).toList());
            passes.take(pass, step.page(), step.found());
            steps.add(step);
        }
        passes.end(pass);
        return steps;
    }

    private static CheckedEntry withoutContent(CheckedEntry entry) {
        CheckedEntry.Task task = (CheckedEntry.Task) entry;
        return new CheckedEntry.Task(task.id(), task.name(), "{}");
    }

    @Benchmark
    public Map<String, Object> walkNewList() {
        return walk(passes.first(), first);
    }

    @Benchmark
    public Map<String, Object> walkSameList() {
        return walk(passes.next(), next);
    }

    private Map<String, Object> walk(Pass pass, List<Step> steps) {
        for (Step step : steps) {
            passes.take(pass, step.page(), step.found());
        }
        return passes.end(pass);
    }
}
