package io.dcssync.source;

import com.fasterxml.jackson.databind.JsonNode;

/** An entry as it stands in the list. */
public sealed interface ListedEntry {

    /** By which its bytes are known again; two entries of the same bytes have the same. */
    long fingerprint();

    /** An entry that is to be checked. */
    record Told(JsonNode json, long fingerprint) implements ListedEntry {}

    /** An entry whose content the ledger holds already, as its bytes are those that the task was stored from. */
    record Held(String id, long fingerprint) implements ListedEntry {}
}
