package io.dcssync.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An opened pass: what it lists is stored, and it ends with a verdict. Its facts are those that a real pass hands over. */
final class TestPass {

    private static final Map<String, Object> NOTHING_UNTOLD = Map.of("pages", 0, "unchanged", 0, "duplicates", 0);

    private final TestLedger ledger;
    private final String source;
    private final long run;
    private final Map<String, Object> facts = new HashMap<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private volatile String databaseTime;

    TestPass(TestLedger ledger, String source, Map<String, Object> opened) {
        this.ledger = ledger;
        this.source = source;
        this.run = (Long) opened.get("run_id");
        this.databaseTime = (String) opened.get("started_at");
        facts.put("requests", 0);
        facts.put("retries", 0);
        facts.put("reportedCount", null);
        facts.put("pages", 1);
        facts.put("unchanged", 0);
        facts.put("duplicates", 0);
        facts.put("rejected", "[]");
        facts.put("takeover", false);
        facts.put("acceptMissing", false);
        facts.put("filter", null);
        facts.put("errorCode", null);
        facts.put("errorMessage", null);
        facts.put("source", source);
        facts.put("run", run);
    }

    long run() {
        return run;
    }

    String source() {
        return source;
    }

    /** Sets a fact for the statements that follow; one that the configuration gives otherwise, too. */
    TestPass with(String fact, Object value) {
        facts.put(fact, value);
        return this;
    }

    TestPass filteredBy(String part) {
        return with("filter", part);
    }

    TestPass acceptingMissing() {
        return with("acceptMissing", true);
    }

    /** Stores a page; returns the answer: null when the pass was taken over. */
    Map<String, Object> lists(ListedTask... tasks) {
        ArrayNode page = JsonNodeFactory.instance.arrayNode();
        for (ListedTask task : tasks) {
            page.add(task.fields());
            seen.add(task.id());
        }
        Map<String, Object> toStore = new HashMap<>(facts);
        toStore.put("tasks", page.toString());
        toStore.put("requestedAt", databaseTime);
        Map<String, Object> stored = ledger.ask("store-page", toStore);
        if (stored != null) {
            databaseTime = (String) stored.get("stored_at");
        }
        return stored;
    }

    /** Has seen a task that needs no storing. */
    void saw(String task) {
        seen.add(task);
    }

    /** Ends as complete, with all that it listed as what it saw. Returns the run; null when it was taken over. */
    Map<String, Object> ends() {
        return ends("complete");
    }

    Map<String, Object> ends(String outcome) {
        Object filter = facts.get("filter");
        Optional<Set<String>> before = ledger.lastSeen(source, filter);
        Map<String, Object> toClose = new HashMap<>(facts);
        toClose.put("outcome", outcome);
        toClose.putAll(NOTHING_UNTOLD);
        toClose.put("lacking", before.map(ids -> array(ids, seen)).orElse(null));
        toClose.put("seen", before.isPresent() ? null : array(seen, Set.of()));
        Map<String, Object> run = ledger.ask("close-run", toClose);
        ledger.remember(source, filter, seen, run);
        return run;
    }

    private static String array(Set<String> ids, Set<String> without) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        ids.stream().filter(id -> !without.contains(id)).forEach(array::add);
        return array.toString();
    }

    /** Ends as abandoned because its process is dead, as another process finds it; null: it is not dead. */
    Map<String, Object> isTakenOver() {
        Map<String, Object> toClose = new HashMap<>(facts);
        toClose.put("takeover", true);
        toClose.put("outcome", "abandoned");
        toClose.put("errorCode", "taken-over");
        toClose.put("errorMessage", "its process gave no sign of life");
        toClose.putAll(NOTHING_UNTOLD);
        toClose.put("lacking", null);
        toClose.put("seen", "[]");
        return ledger.ask("close-run", toClose);
    }

    /** Its process gives no sign of life for longer than the lease. */
    void dies() {
        ledger.database()
                .run(
                        "update dcs.source set lease_until = clock_timestamp() - interval '1 s' where source = ? and current_run = ?",
                        source,
                        run);
    }
}
