package io.dcssync.source;

import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Walks an offset/limit list that may move while it is walked: says what to ask for next, is told the answer, and knows
 * in the end whether the pass was whole.
 *
 * <p>Each page asks for the last rows of the one before it again. If one of them comes back, nothing was lost in between
 * (see {@link Chain}). If none does, the list shrank: the walk steps back until it meets a chained row, and goes forward
 * again from there. The end is an answer that is shorter than the largest page and brings nothing new. Neither a short
 * page nor a reached count ends a pass: servers cap pages, and a count may be the size of the page. Where fewer were
 * received than the endpoint counts, the head of the list is looked at once more (see {@link HeadLook}).
 *
 * <p>The promise: while tasks keep their order and the server its cap, no task that was listed from before the first
 * request to after the last answer is unseen in a pass called complete or repaired, given an overlap of at least 1.
 * Without overlap only the count guards.
 *
 * <p>Does no I/O. Not thread-safe.
 */
public final class PageWalk {

    /** Where a pass is given up: pages asked for, and steps back among them. */
    record Bounds(int pages, int repairs) {
        static final Bounds DEFAULT = new Bounds(100_000, 10);
    }

    private static final int NOWHERE = -1;

    private final int pageSize;
    private final int pageOverlap;
    private final Bounds bounds;

    private final Chain chain = new Chain();
    private final Received received = new Received(chain);
    private final Findings findings = new Findings(received);
    private final HeadLook look;
    private boolean ended;

    private int offset;
    /** Whether the rows that the next request asks for again have one with an id: if not, they cannot be known again. */
    private boolean linked;
    /** Whether pages had to be joined without a row known again. */
    private boolean unproven;

    /** The last page that the walk went forward from. */
    private Page last = Page.NONE;

    private int pages;
    private int repairs;
    private int largest;
    private int stalls;
    /** How far the last step back went; 0 while the chain is whole. */
    private int lastStep;

    private boolean repaired;
    /** Where the list was seen to end while the rows before were in doubt: the next answer, from 0, is to confirm them. */
    private int unconfirmedEnd = NOWHERE;

    public PageWalk(int pageSize, int pageOverlap) {
        this(pageSize, pageOverlap, Bounds.DEFAULT);
    }

    PageWalk(int pageSize, int pageOverlap, Bounds bounds) {
        if (pageSize < 1 || pageOverlap < 0 || pageOverlap >= pageSize) {
            throw new IllegalArgumentException("page-size must be at least 1 and page-overlap 0 to page-size - 1, not "
                    + pageSize + " and " + pageOverlap);
        }
        this.pageSize = pageSize;
        this.pageOverlap = pageOverlap;
        this.bounds = bounds;
        this.look = new HeadLook(chain, pageOverlap);
    }

    /** Whether another page is to be asked for. */
    public boolean goesOn() {
        return !ended;
    }

    /** The offset to ask for next. */
    public int offset() {
        return offset;
    }

    /** The limit to ask for next; the same throughout the pass. */
    public int limit() {
        return pageSize;
    }

    /**
     * Takes the answer to the request at {@link #offset()}.
     *
     * @return the indexes of the rows that are received for the first time in this pass. An id that stands twice in
     *     this page and in none before has both its rows in it.
     */
    public BitSet accept(Answer answer) {
        if (ended) {
            throw new IllegalStateException("bug: an answer for a walk that has ended");
        }
        Page page = chain.meet(answer.ids(), offset, received.furthest());
        BitSet first = received.add(page, answer.count());
        pages++;
        largest = Math.max(largest, page.rows());
        follow(page, answer);
        if (!ended && pages >= bounds.pages()) {
            if (!look.isUnderWay()) {
                findings.tooManyPages(pages, offset);
            }
            ended = true;
        }
        return first;
    }

    /** How the pass ended. */
    public Verdict verdict() {
        if (!ended) {
            throw new IllegalStateException("bug: asked for the verdict of a walk that goes on");
        }
        return findings.verdict(chain.reordered(), repaired);
    }

    /** All ids received in the pass; unmodifiable, and grows with it. */
    public Set<String> seenIds() {
        return chain.met();
    }

    /** The smallest count that the endpoint named in the pass. */
    public Optional<Long> reportedCount() {
        return received.smallestCount();
    }

    private void follow(Page page, Answer answer) {
        int known = Chain.held(page.tasks());
        if (page.isEmpty() && offset == 0) {
            answer.count().filter(count -> count > 0).ifPresent(findings::emptyDespiteCount);
            ended = true;
        } else if (look.isUnderWay()) {
            lookOn(page);
        } else if (page.isEmpty() && (pageOverlap == 0 || (unproven && !linked))) {
            ended = true;
        } else if (offset == 0 || known > 0 || pageOverlap == 0) {
            goForward(page, known);
        } else if (linked) {
            stepBack();
        } else {
            crossUnlinked(page);
        }
    }

    private void goForward(Page page, int known) {
        boolean fresh = chain.link(page.tasks(), offset == 0);
        boolean confirmed = confirmsEnd(known);
        boolean isShort = page.rows() < largest;
        boolean sameEnd = isShort && page.endsAs(last);
        boolean news = fresh || (page.bringsRejected() && !sameEnd);
        last = page;
        lastStep = 0;
        if (!news && (isShort || confirmed)) {
            reachEnd();
            return;
        }
        if (!fresh && page.isBeyond() && !isShort && !page.tasks().isEmpty()) {
            stalls++;
        } else if (fresh) {
            stalls = 0;
        }
        if (stalls == 2) {
            findings.offsetIgnored(page);
            ended = true;
        }
        int repeated = page.repeated(stalls == 0 ? pageOverlap : Math.min(pageOverlap, 1), isShort);
        linked = page.lastId() >= page.rows() - repeated;
        offset = page.end() - repeated;
    }

    /** The list was read to its end. */
    private void reachEnd() {
        if (pageOverlap > 0 && !unproven && received.fallsShort()) {
            offset = look.begin();
        } else {
            ended = true;
        }
    }

    private void lookOn(Page page) {
        OptionalInt next = look.accept(page);
        ended = next.isEmpty();
        offset = next.orElse(offset);
    }

    /**
     * Whether this answer shows that the list was whole when its end was seen: it holds as many ids known from before as
     * there were rows in doubt. They were listed then, so they were those rows.
     */
    private boolean confirmsEnd(int known) {
        if (unconfirmedEnd == NOWHERE) {
            return false;
        }
        boolean confirmed = known >= unconfirmedEnd;
        repaired |= !confirmed;
        unconfirmedEnd = NOWHERE;
        return confirmed;
    }

    /** No row came back, and none could have: the page before had no row with an id but its first. */
    private void crossUnlinked(Page page) {
        boolean enoughKnown = !unproven && chain.met().size() >= offset;
        if (enoughKnown && offset <= pageSize && page.tasks().isEmpty() && page.rows() < largest) {
            unconfirmedEnd = offset;
            goBackTo(0);
        } else if (enoughKnown && page.isEmpty()) {
            stepBack();
        } else {
            if (!unproven) {
                findings.unjoined(offset);
            }
            unproven = true;
            if (page.isEmpty()) {
                ended = true;
            } else {
                goForward(page, 0);
            }
        }
    }

    private void stepBack() {
        repaired = true;
        lastStep = lastStep == 0 ? largest : 2 * lastStep;
        goBackTo(Math.max(0, offset - lastStep));
    }

    private void goBackTo(int lower) {
        if (repairs == bounds.repairs()) {
            findings.repairsUsedUp(repairs, offset);
            ended = true;
            return;
        }
        repairs++;
        stalls = 0;
        linked = true;
        offset = lower;
    }
}
