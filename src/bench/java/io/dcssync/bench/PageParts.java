package io.dcssync.bench;

import io.dcssync.source.CheckedEntry;
import io.dcssync.source.ListedPage;
import io.dcssync.source.Pass;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a page costs for each of its tasks. Not final, as JMH extends it. */
@State(Scope.Benchmark)
@OperationsPerInvocation(DryPasses.PAGE_SIZE)
public class PageParts {

    private final DryPasses passes = new DryPasses();
    private byte[] answer;
    private byte[] answerWithOneChange;
    private Pass first;
    private Pass next;
    private ListedPage page;

    @Setup
    public void makeAPass() {
        MadeUpTasks list = new MadeUpTasks("bench", DryPasses.PAGE_SIZE);
        answer = list.page(0, DryPasses.PAGE_SIZE);
        first = passes.first();
        page = passes.read(first, answer);
        Pass before = passes.first();
        while (before.goesOn()) {
            ListedPage read = passes.read(before, passes.answer(before, list));
            passes.take(before, read, passes.check(read));
        }
        passes.end(before);
        next = passes.next();
        list.changeEvery(DryPasses.PAGE_SIZE, 0);
        answerWithOneChange = list.page(0, DryPasses.PAGE_SIZE);
    }

    @Benchmark
    public ListedPage readNewPage() {
        return passes.read(first, answer);
    }

    @Benchmark
    public ListedPage readPageWithOneChange() {
        return passes.read(next, answerWithOneChange);
    }

    @Benchmark
    public ListedPage readSamePage() {
        return passes.read(next, answer);
    }

    /** As it goes to the ledger. */
    @Benchmark
    public List<CheckedEntry> checkPage() {
        return passes.check(page);
    }
}
