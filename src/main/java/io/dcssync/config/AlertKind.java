package io.dcssync.config;

/** What a channel may be told of. In a configuration and in the ledger a kind is written as {@code unknown-status}. */
public enum AlertKind {
    /** A task has failed, or was first seen failed, or has failed anew. */
    FAILED,
    /** A task that had failed has succeeded. */
    RECOVERED,
    /** A task is no longer listed. */
    MISSING,
    /** An active task has not changed for too long. */
    STUCK,
    /** A source lists a task with a status that it had not listed before and that nobody knows. */
    UNKNOWN_STATUS,
    /** Several passes over a source in a row have failed. */
    SYNC_FAILING
}
