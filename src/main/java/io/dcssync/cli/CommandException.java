package io.dcssync.cli;

/**
 * Ends a command with an exit code and a message for the user: one line that says what is wrong and what to do. It must
 * hold no secret.
 */
public final class CommandException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** Takes one of the codes of {@link ExitCode}. */
    public CommandException(int exitCode, String message) {
        this(exitCode, message, null);
    }

    /** Takes the cause too, which may be null; it is shown with {@code --verbose} only. */
    public CommandException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
