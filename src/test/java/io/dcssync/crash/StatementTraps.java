package io.dcssync.crash;

import static org.awaitility.Awaitility.await;

import io.dcssync.ledger.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import org.awaitility.core.ConditionTimeoutException;

/** Holds up the program's statements in their middle: triggers wait for a lock that is free but while a trap is set. */
final class StatementTraps {

    private static final int LOCKS = 4711;

    private final TestDatabase database;

    private StatementTraps(TestDatabase database) {
        this.database = database;
    }

    /** Lays the triggers, once in each database. */
    static StatementTraps in(TestDatabase database) {
        await("the schema is there").atMost(Duration.ofSeconds(60)).until(() -> database.one(
                        "select to_regclass('report.freshness') is not null")
                .equals(true));
        if (database.one("select to_regprocedure('dcs.hold_up()') is null").equals(true)) {
            database.run("create function dcs.hold_up() returns trigger language plpgsql as $$ begin"
                    + " perform pg_advisory_xact_lock_shared(" + LOCKS + ", hashtext(tg_argv[0])); return new; end $$");
            for (Point point : Point.withTriggers()) {
                database.run("create trigger hold_up_" + point.name().toLowerCase(Locale.ROOT) + " " + point.trigger()
                        + " execute function dcs.hold_up('" + point + "')");
            }
        }
        return new StatementTraps(database);
    }

    /**
     * Waits until a statement is held up there, and then kills.
     *
     * @param beforeItGoesOn false: the statement goes on and ends just while the kill happens
     * @return whether one came there in time
     */
    boolean killAt(Point point, boolean beforeItGoesOn, Duration patience, Runnable kill) throws SQLException {
        try (Connection holding = database.dataSource().getConnection();
                Statement statement = holding.createStatement()) {
            holding.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(" + LOCKS + ", hashtext('" + point + "'))");
            boolean hit = isHeldUp(point, patience);
            if (beforeItGoesOn) {
                kill.run();
                holding.rollback();
            } else {
                holding.rollback();
                kill.run();
            }
            return hit;
        }
    }

    private boolean isHeldUp(Point point, Duration patience) {
        try {
            await().pollInterval(Duration.ofMillis(20)).atMost(patience).until(() -> database.one(
                            "select exists (select from pg_locks where locktype = 'advisory' and not granted"
                                    + " and classid = ? and objid::bigint = hashtext(?)::bigint & 4294967295 and database ="
                                    + " (select oid from pg_database where datname = current_database()))",
                            LOCKS,
                            point.name())
                    .equals(true));
            return true;
        } catch (ConditionTimeoutException nobodyCame) {
            return false;
        }
    }
}
