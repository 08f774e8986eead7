package io.dcssync.bench;

import io.dcssync.config.GivenSettings;
import io.dcssync.config.SourceSettings;
import io.dcssync.source.Accesses;
import io.dcssync.source.CheckEntry;
import io.dcssync.source.CheckedEntry;
import io.dcssync.source.ListedPage;
import io.dcssync.source.Pass;
import io.dcssync.source.Passes;
import io.dcssync.source.ReadAnswer;
import io.dcssync.source.UnusableAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * Passes over one source as the routes make them, without Camel, an endpoint or a ledger: what these would say is made up.
 * Not thread-safe.
 */
final class DryPasses {

    static final int PAGE_SIZE = 1000;

    private static final Timestamp ENDED = Timestamp.from(Instant.EPOCH);

    private final ReadAnswer readAnswer = new ReadAnswer();
    private final CheckEntry checkEntry = new CheckEntry();
    private final Passes passes;
    private long runs;

    DryPasses() {
        List<SourceSettings> sources = GivenSettings.source("http://dcs", "source.prod.page-size = " + PAGE_SIZE)
                .sources();
        Accesses accesses = new Accesses(sources, Executors.newSingleThreadScheduledExecutor(), Clock.systemUTC());
        passes = new Passes(sources, Duration.ofMinutes(30), accesses);
    }

    /** Begins a pass that knows nothing of what the ledger holds. */
    Pass first() {
        return opened(Map.of("run_id", ++runs, "project_id", "p1", "started_at", ""));
    }

    /** Begins a pass that knows what the one before it has stored. */
    Pass next() {
        return opened(Map.of(
                "previous_run",
                runs,
                "previous_ended_at",
                ENDED,
                "run_id",
                ++runs,
                "project_id",
                "p1",
                "started_at",
                ""));
    }

    private Pass opened(Map<String, Object> row) {
        Pass pass = passes.begin("prod", "bench", false);
        pass.openedAs(row);
        return pass;
    }

    /** The page that the pass asks for next. */
    byte[] answer(Pass pass, MadeUpTasks list) {
        int offset = Integer.parseInt(pass.query().replaceAll("offset=(\\d+).*", "$1"));
        return list.page(offset, PAGE_SIZE);
    }

    ListedPage read(Pass pass, byte[] answer) {
        try {
            return readAnswer.readFor(pass, 200, Map.of(), new ByteArrayInputStream(answer));
        } catch (UnusableAnswer | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    List<CheckedEntry> check(ListedPage page) {
        return page.toCheck().stream()
                .flatMap(part -> checkEntry.checkAll(part).stream())
                .toList();
    }

    /** Walks on with a page, and has it stored where that is due. */
    void take(Pass pass, ListedPage page, List<CheckedEntry> found) {
        pass.receive(page, found);
        pass.accept();
        if (pass.isStoreDue()) {
            pass.toStore();
            pass.storedAs(Map.of("stored_at", ""));
        }
    }

    /** Ends the pass, and returns what the ledger has to know of that. */
    Map<String, Object> end(Pass pass) {
        Map<String, Object> end = pass.toClose();
        pass.closedAs(Map.of("run_id", pass.run(), "outcome", end.get("outcome"), "finished_at", ENDED));
        passes.end(pass);
        if (!pass.closed().orElseThrow().isWhole()) {
            throw new IllegalStateException("a walk over a list that stands still ended as " + end.get("outcome"));
        }
        return end;
    }
}
