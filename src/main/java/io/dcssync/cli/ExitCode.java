package io.dcssync.cli;

/** What the program says by its exit code. Scripts rely on these. */
public final class ExitCode {

    /** All well. */
    public static final int OK = 0;

    /** The work was tried and did not fully succeed. */
    public static final int FAILED = 1;

    /** A usage or configuration error, found before anything was started and before any request. */
    public static final int USAGE = 2;

    /** The database cannot be reached or refuses the login; nothing was asked of DCS then. */
    public static final int NO_DATABASE = 3;

    private ExitCode() {}
}
