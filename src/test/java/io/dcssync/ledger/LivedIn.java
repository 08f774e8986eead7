package io.dcssync.ledger;

import static io.dcssync.ledger.ListedTask.task;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Gives a ledger a past: two sources whose tasks start, fail, recover, rest, leave the list and come back. */
final class LivedIn {

    private static final int TASKS = 24;
    private static final List<String> STATUSES = List.of(
            "CREATING",
            "MIGRATING",
            "MIGRATING",
            "MIGRATING",
            "FAILED",
            "FAILED",
            "ERROR",
            "SUCCESS",
            "SUCCESS",
            "MIGRATION_SUCCESS",
            "TERMINATED",
            "PAUSED");
    private static final List<String> ERRORS = List.of(
            "connect to 10.0.0.%d:6379 timed out",
            "The key \"session:%d\" has 981034835 bytes", "instance 2944a563-6f27-4604-9c16-a9a53cd95c%02d is full");

    private LivedIn() {}

    /** Makes passes over each source; the same for the same seed. */
    static void live(TestLedger ledger, long seed, int passes) {
        Random dice = new Random(seed);
        Map<String, ListedTask> listed = new HashMap<>();
        for (int pass = 0; pass < passes; pass++) {
            for (String source : List.of("prod", "test")) {
                List<ListedTask> page = new ArrayList<>();
                for (int i = 0; i < TASKS; i++) {
                    String id = source + "-" + i;
                    if (dice.nextInt(4) == 0) {
                        listed.put(id, moved(id, dice));
                    }
                    // a task that stays away for two passes is missing
                    if (listed.containsKey(id) && (pass / 3 + i) % 7 != 0) {
                        page.add(listed.get(id));
                    }
                }
                TestPass under = ledger.opens(source).acceptingMissing();
                under.lists(page.toArray(ListedTask[]::new));
                under.ends();
            }
        }
    }

    private static ListedTask moved(String id, Random dice) {
        String status = STATUSES.get(dice.nextInt(STATUSES.size()));
        boolean failed = status.equals("FAILED") || status.equals("ERROR");
        return task(id).status(status)
                .createdAt("2024-05-01T10:00:00Z")
                .with("migration_type", "online_migration")
                .error(failed ? ERRORS.get(dice.nextInt(ERRORS.size())).formatted(dice.nextInt(100)) : null);
    }

    /** Puts all that has happened so many days back. */
    static void daysGoBy(TestDatabase database, int days) {
        for (Map<String, Object> table : database.rows("""
                select c.oid::regclass::text as name,
                       string_agg(format('%1$I = %1$I - make_interval(days => %2$s)', a.attname, ?), ', ') as shifts
                from pg_class c
                join pg_attribute a on a.attrelid = c.oid and a.atttypid = 'timestamptz'::regtype and a.attnum > 0
                where c.relnamespace = 'dcs'::regnamespace and c.relkind = 'r'
                  and not (c.relname = 'task' and a.attname in ('created_at', 'released_at'))
                group by 1
                """, days)) {
            database.run("update " + table.get("name") + " set " + table.get("shifts"));
        }
    }
}
