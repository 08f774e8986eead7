package io.dcssync.source;

/**
 * How a pass over the list ended, and so what may be concluded from it.
 *
 * <p>Only {@link Complete} and {@link Repaired} allow to say that a task which was not seen is gone.
 */
public sealed interface Verdict {

    /** Every task that was listed throughout the pass was seen. */
    record Complete() implements Verdict {}

    /** As complete; the list shrank while it was read, and the walk went back to close the gap. */
    record Repaired() implements Verdict {}

    /** What was seen is good, but some tasks may be unseen. */
    record Suspect(String reason) implements Verdict {}

    /** The list cannot be walked; what was seen until then is good. */
    record Failed(String code, String message) implements Verdict {}
}
