package dev.maru.server.command;

/**
 * A command that could not be done, said in one line. Immutable; safe for any thread.
 */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The command line was understood and the command failed. */
    static final int FAILED = 1;

    /** The command line cannot be understood. */
    static final int MISUSED = 2;

    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static CommandFailure failed(String message) {
        return new CommandFailure(FAILED, message);
    }

    static CommandFailure misused(String message) {
        return new CommandFailure(MISUSED, message);
    }

    int exitCode() {
        return exitCode;
    }
}
