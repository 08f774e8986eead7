package io.dcssync.bench;

import java.sql.SQLException;

/** Somebody who makes passes over the list, as often as asked. */
interface Contender extends AutoCloseable {

    String name();

    /** What it is measured at. */
    enum Work {
        /** Nothing is stored yet. */
        FIRST,
        /** All is stored, and nothing has changed. */
        SAME,
        /** All is stored, and a tenth of the tasks has changed. */
        TENTH
    }

    /** Gets ready for the work, unmeasured. */
    default void prepare(Work work) throws Exception {}

    /** Makes one pass. Returns how long it took, in seconds. */
    double pass(Work work) throws Exception;

    /** Seconds of CPU it has used until now, without the database's. */
    double cpu();

    /** The most memory it has had, in MiB; 0: it has none of its own. */
    default long peakMemory() {
        return 0;
    }

    @Override
    default void close() throws SQLException {}
}
