package io.dcssync.source;

/** What became of an entry of the list when it was checked. */
public sealed interface CheckedEntry {

    /** Id of the task; null where there is none. */
    String id();

    /**
     * A task that can be stored.
     *
     * @param name its name; null where it has none
     * @param json the fields as the ledger takes them; as text, which takes a fifth of the memory
     */
    record Task(String id, String name, String json) implements CheckedEntry {}

    /** A task whose content the ledger holds already. */
    record Held(String id) implements CheckedEntry {}

    /**
     * An entry that cannot be taken.
     *
     * @param fingerprint hash of the whole entry, by which it is known again
     * @param raw the entry as it came, cut to a bounded length
     */
    record Rejected(String fingerprint, String reason, String raw) implements CheckedEntry {

        @Override
        public String id() {
            return null;
        }
    }
}
