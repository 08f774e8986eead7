package io.dcssync.source;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What became of an entry of the list when it was checked. */
public sealed interface CheckedEntry {

    /**
     * A task that can be stored.
     *
     * @param fields the fields as the ledger takes them
     */
    record Task(String id, String name, ObjectNode fields) implements CheckedEntry {}

    /**
     * An entry that cannot be taken.
     *
     * @param fingerprint hash of the whole entry, by which it is known again
     * @param raw the entry as it came, cut to a bounded length
     */
    record Rejected(String fingerprint, String reason, String raw) implements CheckedEntry {}
}
