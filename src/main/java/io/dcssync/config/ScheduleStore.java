package io.dcssync.config;

/** Where Quartz keeps its triggers. */
public enum ScheduleStore {
    /** In each process its own: for one node. */
    MEMORY,
    /** In the database of the ledger: several nodes share the passes. */
    JDBC
}
