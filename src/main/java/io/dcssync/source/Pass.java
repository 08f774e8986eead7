package io.dcssync.source;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dcssync.config.SourceSettings;
import io.dcssync.source.auth.CredentialsUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One pass over one source while it is under way: where the walk stands, what was asked, and why it ended. What it hands
 * to the ledger are named facts, the parameters of the ledger's statements. A page is stored by one thread while another
 * one asks for the next and checks it ({@link #receive}); all else is done by one thread at a time, except for
 * {@link #stop()}, {@link #lose()}, {@link #isOverdue()} and {@link #progress()}.
 */
public final class Pass {

    private final SourceSettings source;
    private final String trigger;
    private final boolean acceptMissing;
    private final EarlyEnd early;
    private final Asking asking;
    private final PageWalk walk;
    private final Bookkeeping books;

    private volatile Opening opening;
    private volatile int tasks;
    private volatile Optional<Long> count = Optional.empty();
    private Optional<ClosedRun> closed = Optional.empty();
    private volatile String databaseTime;
    private final PageUnderWay next = new PageUnderWay();
    private Map<String, Object> soFar = Map.of();

    /** @param before what the last pass of this process has left of the source */
    Pass(
            SourceSettings source,
            Access access,
            String trigger,
            boolean acceptMissing,
            Duration maxDuration,
            Holdings before) {
        this.source = source;
        this.trigger = trigger;
        this.acceptMissing = acceptMissing;
        this.early = new EarlyEnd(maxDuration);
        this.asking = new Asking(source, access, early);
        this.walk = new PageWalk(source.pageSize(), source.pageOverlap());
        this.books = new Bookkeeping(before, pageFull(source));
    }

    /** How many tasks each page but the first can bring. */
    private static int pageFull(SourceSettings source) {
        return Math.max(1, source.pageSize() - source.pageOverlap());
    }

    public SourceSettings source() {
        return source;
    }

    /** Number of the pass in the ledger; null while it is not opened. */
    public Long run() {
        return opening == null ? null : opening.run();
    }

    /** Says of a line of the log that it is about this pass. */
    LoggingEventBuilder in(LoggingEventBuilder line) {
        LoggingEventBuilder ofSource = line.addKeyValue("source", source.name());
        return isOpened() ? ofSource.addKeyValue("run", run()) : ofSource;
    }

    /** What the ledger has to know to open the pass. */
    public Map<String, Object> toOpen() {
        return Map.of("source", source.name(), "project", source.projectId(), "trigger", trigger);
    }

    /** Takes the ledger's answer: a run of our own, or who has the source. */
    public void openedAs(Map<String, Object> row) {
        opening = Opening.of(row);
        databaseTime = opening.startedAt();
        books.opened(opening);
        if (!isOpened() && !source.projectId().equals(opening.projectId())) {
            early.failFor(new Reason(
                    "another-project",
                    "the ledger has it as a source of project %s, and it is now configured for project %s; give the new project a source name of its own"
                            .formatted(opening.projectId(), source.projectId()),
                    false));
        }
    }

    /** Whether the pass has its run in the ledger, so that pages may be asked for. */
    public boolean isOpened() {
        return run() != null;
    }

    /** Whether another pass holds the source, so that there is to be another try. */
    public boolean isBusy() {
        return opening != null && !isOpened() && early.failure().isEmpty();
    }

    /** Whether the pass that holds the source is to be taken over. */
    public boolean isHolderDead() {
        return !isOpened() && early.failure().isEmpty() && opening.holderDead();
    }

    /** Who holds the source. */
    public String holder() {
        return opening.holder();
    }

    /** What the ledger has to know to end the dead pass that holds the source. */
    public Map<String, Object> toTakeOver() {
        return end(opening.holderRun(), true, Ending.takenOver());
    }

    /** Whether another page is to be asked for. */
    public boolean goesOn() {
        if (walk.goesOn()) {
            early.failIfOverdue();
        }
        return walk.goesOn() && !early.isReached();
    }

    /** Where the list is asked for, without query. */
    public String listUri() {
        return asking.uri();
    }

    /** Query of the next request. */
    public String query() {
        return asking.query(walk.offset(), walk.limit());
    }

    /** Gets ready to ask for the page once. */
    void getReady() throws CredentialsUnavailable, EndpointResting, TurnTooLate {
        next.asked(databaseTime);
        asking.getReady();
    }

    /** How the page is asked for. */
    Asking asking() {
        return asking;
    }

    /** Whether the page is to be asked for again after the try that failed. */
    public boolean isToAskAgain() {
        return asking.isDueAgain();
    }

    /** What the ledger is known to hold of the source; nothing, where another process has written to it. */
    Holdings held() {
        return books.held();
    }

    /** What it is known to hold after this pass. */
    Holdings left() {
        return books.left();
    }

    int offset() {
        return walk.offset();
    }

    /**
     * Takes a page that was asked for, while the one before it may not be stored yet.
     *
     * @param found what became of those of its entries that were to be checked
     */
    public void receive(ListedPage page, List<CheckedEntry> found) {
        asking.answered();
        // its contents are in what was checked, and would take five times as much memory until that is stored
        next.receive(page.withoutContents(), found);
    }

    /** Takes note that the page that was asked for came, or that none will. */
    public void pageEnded() {
        next.end();
    }

    /** Waits for the page that is asked for meanwhile, for as long as what is news may wait to be stored. */
    public void awaitPage() throws InterruptedException {
        if (books.hasNews() && !isStoreDue()) {
            next.await(books.patience());
        }
    }

    /** Takes the page that was received on the walk, unless the one before it could not be stored. */
    public void accept() {
        next.take().filter(page -> early.failure().isEmpty() && !early.isLost()).ifPresent(this::accept);
    }

    private void accept(PageUnderWay.Received page) {
        List<CheckedEntry> entries = page.page().checkedAs(page.found());
        // no List.of or toList where an id may be null
        List<String> ids = new ArrayList<>(entries.size());
        entries.forEach(entry -> ids.add(entry.id()));
        int offset = walk.offset();
        CheckedPage checked =
                CheckedPage.of(entries, walk.accept(new Answer(ids, page.page().count())), this::looksAt);
        tasks = walk.seenIds().size();
        count = walk.reportedCount();
        books.take(new TakenPage(offset, page.page(), ids, checked.held(), next.askedAt()), checked);
        // as of now: the next page is asked for while this one is stored
        soFar = facts(run());
    }

    /** Whether the ledger is to be told of what was taken, as that is a page full, some time ago, or all that there will be. */
    public boolean isStoreDue() {
        return books.isStoreDue() || (books.hasNews() && !goesOn());
    }

    /** What the ledger has to know to store the pages that it was not told of yet. */
    public Map<String, Object> toStore() {
        books.handPagesTo(soFar);
        return soFar;
    }

    private boolean looksAt(CheckedEntry.Task task) {
        return source.nameFilter()
                .map(part -> task.name() != null && task.name().contains(part))
                .orElse(true);
    }

    /** Takes the ledger's answer to a stored page; null: it was not stored, as the pass was taken over. */
    public void storedAs(Map<String, Object> row) {
        if (row == null) {
            lose();
        } else {
            databaseTime = (String) row.get("stored_at");
            books.stored();
        }
    }

    /**
     * Ends the pass because of an exception; one that a stop has caused is none. Where it was a page that could not be had,
     * its last try says why: Camel hands over the exception of an earlier one.
     */
    public void fail(Throwable thrown) {
        if (!early.isStopped()) {
            early.failFor(asking.failedTry().orElseGet(() -> Reason.of(thrown).of(source)));
        }
    }

    /**
     * Ends the pass because a page could not be stored, also where the program stops, which cuts no statement short; of two
     * reasons the first one counts.
     */
    public void notStored(Throwable thrown) {
        early.failFor(Reason.of(thrown).of(source));
    }

    /** Ends the pass without a verdict, as the program stops. */
    public void stop() {
        early.stop();
    }

    /** Whether the program stops, so that a pass that is not opened yet is not to be. */
    public boolean isStopped() {
        return early.isStopped();
    }

    /** Ends the pass without a word to the ledger, as another one has taken it over. */
    public void lose() {
        early.lose();
    }

    /** Whether the pass was taken over, so that nothing of it may be written any more. */
    public boolean isLost() {
        return early.isLost();
    }

    boolean isOverdue() {
        return early.isOverdue();
    }

    /** Whether it has come to its end before its list has. */
    boolean isEndedEarly() {
        return early.isReached();
    }

    /** How far the pass is; empty while it is not opened. */
    Optional<Progress> progress() {
        return isOpened() ? Optional.of(new Progress(source.name(), tasks, count, early.taken())) : Optional.empty();
    }

    /** What the ledger has to know to close the pass. */
    public Map<String, Object> toClose() {
        Ending ending = early.failure().map(Ending::failed).orElseGet(this::endOfWalk);
        return end(run(), false, ending);
    }

    private Ending endOfWalk() {
        return walk.goesOn() ? Ending.stopped() : Ending.of(walk.verdict());
    }

    /** Takes the ledger's answer to the closing: the row of the run; null: the pass was taken over. */
    public void closedAs(Map<String, Object> row) {
        if (row == null) {
            lose();
        } else {
            closed = Optional.of(new ClosedRun(row));
            books.closedAs(closed.get());
        }
    }

    /** What the pass came to in the ledger; empty when it was not opened or not closed by us. */
    public Optional<ClosedRun> closed() {
        return closed;
    }

    /** Whether the pass was made and was not shown to be whole, other than by a stop. */
    public boolean isWanting() {
        return !early.isStopped()
                && isOpened()
                && closed.filter(ClosedRun::isWhole).isEmpty();
    }

    /** What the pass came to, in a line. */
    public String summary() {
        return closed.map(run -> run.counts() + run.problem())
                .or(() -> failure().map(message -> "failed; " + message))
                .orElseGet(this::whyNotClosed);
    }

    private String whyNotClosed() {
        if (opening == null) {
            return "not begun, the program stops";
        }
        return isOpened() ? "taken over by another process" : "skipped, " + holder() + " is under way";
    }

    /** Why the pass failed on this side; empty: it did not. */
    public Optional<String> failure() {
        return early.failure().map(Reason::message);
    }

    private Map<String, Object> end(Long run, boolean takeover, Ending ending) {
        Map<String, Object> facts = facts(run);
        facts.put("takeover", takeover);
        facts.put("acceptMissing", acceptMissing);
        facts.put("filter", source.nameFilter().orElse(null));
        (takeover ? new Bookkeeping(Holdings.NONE, 1) : books).handCountsTo(facts);
        // only a whole pass is asked who is gone
        Optional<List<String>> lacking = ending.isWhole() ? lacking() : Optional.empty();
        facts.put("lacking", lacking.map(Pass::array).orElse(null));
        facts.put("seen", lacking.isPresent() ? null : array(ending.isWhole() ? walk.seenIds() : Set.of()));
        ending.addTo(facts);
        return facts;
    }

    /** Which tasks are gone since the last whole pass; empty: not known, or not without a look at what the filter leaves out. */
    private Optional<List<String>> lacking() {
        return source.nameFilter().isPresent() ? Optional.empty() : books.lacking(walk.seenIds());
    }

    private static String array(Collection<String> ids) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(ids.size());
        ids.forEach(array::add);
        return array.toString();
    }

    private Map<String, Object> facts(Long run) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("source", source.name());
        facts.put("run", run);
        asking.addTo(facts);
        facts.put("reportedCount", walk.reportedCount().orElse(null));
        return facts;
    }
}
