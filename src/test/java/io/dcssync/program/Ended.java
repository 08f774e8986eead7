package io.dcssync.program;

/** A run of the program that has ended: its exit code, and all that it wrote. */
public record Ended(int exitCode, String out, String err) {

    /** Whether the text stands anywhere in what it wrote. */
    public boolean says(String text) {
        return out.contains(text) || err.contains(text);
    }
}
